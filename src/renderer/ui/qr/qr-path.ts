/** Turns the modules of a QR code into one SVG path, a run of dark modules in a row as one box. */
export function qrPath(modules: readonly (readonly boolean[])[]): string {
  return modules.map((row, y) => rowPath(row, y)).join('')
}

function rowPath(row: readonly boolean[], y: number): string {
  let path = ''
  let start: number | null = null
  for (let x = 0; x <= row.length; x += 1) {
    const dark = row[x] ?? false
    if (dark && start === null) start = x
    if (!dark && start !== null) {
      path += `M${String(start)} ${String(y)}h${String(x - start)}v1H${String(start)}z`
      start = null
    }
  }
  return path
}

import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import classes from './data-table.module.css'

/** One column: its heading, its width as in CSS, and how it draws a row. */
export type Column<Row> = {
  readonly key: string
  readonly heading: ReactNode
  readonly width?: string
  readonly align?: 'end'
  readonly cell: (row: Row) => ReactNode
}

type Props<Row> = {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** All rows there are, when only the first ones have been read so far. */
  readonly total?: number
  readonly onNearEnd?: () => void
  readonly isDimmed?: (row: Row) => boolean
  readonly isCurrent?: (row: Row) => boolean
  readonly onRowClick?: (row: Row) => void
  readonly footer?: ReactNode
}

const ROW_HEIGHT = 36
/** Shorter lists are drawn whole: cheaper than measuring, and the browser can search them. */
const DRAWN_WHOLE = 80
const NEAR_END = 20

type Slice = { readonly from: number; readonly to: number; readonly before: number; readonly after: number }

/** A dense table with a heading that stays; only the rows in sight are drawn when there are many. */
export function DataTable<Row>(props: Props<Row>) {
  const scroller = useRef<HTMLDivElement>(null)
  const slice = useSlice(props.rows.length, scroller, props.onNearEnd)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by key.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a group of fields.
    <div ref={scroller} className={classes.scroller} role="group" aria-label={props.label} tabIndex={0}>
      <table
        className={classes.table}
        aria-label={props.label}
        aria-rowcount={(props.total ?? props.rows.length) + 1}
        onKeyDown={moveFocus}
      >
        <colgroup>
          {props.columns.map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {props.columns.map((column) => (
              <th key={column.key} scope="col" data-align={column.align}>
                {column.heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={slice.before} />
          {props.rows.slice(slice.from, slice.to).map((row, index) => (
            <TableRow key={props.rowKey(row)} {...props} row={row} index={slice.from + index} />
          ))}
          <Spacer height={slice.after} />
        </tbody>
      </table>
      {props.footer}
    </div>
  )
}

function TableRow<Row>({ row, index, ...props }: Props<Row> & { row: Row; index: number }) {
  const { onRowClick } = props
  return (
    <tr
      aria-rowindex={index + 2}
      data-dimmed={props.isDimmed?.(row)}
      data-current={props.isCurrent?.(row)}
      data-clickable={onRowClick !== undefined}
      onClick={(event) => {
        if (!isControl(event.target)) onRowClick?.(row)
      }}
    >
      {props.columns.map((column) => (
        <td key={column.key} data-align={column.align}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

function Spacer({ height }: { height: number }) {
  if (height === 0) return null
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without anything in it takes no focus.
  return <tr aria-hidden="true" style={{ height }} />
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, [role="menuitem"]') !== null
}

function useSlice(
  count: number,
  scroller: React.RefObject<HTMLDivElement | null>,
  onNearEnd?: () => void,
): Slice {
  const whole = count <= DRAWN_WHOLE
  const virtualizer = useVirtualizer({
    count: whole ? 0 : count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  })
  const items = virtualizer.getVirtualItems()
  const first = items.at(0)
  const last = items.at(-1)
  const to = whole ? count : (last?.index ?? -1) + 1
  useEffect(() => {
    if (count > 0 && to >= count - NEAR_END) onNearEnd?.()
  }, [to, count, onNearEnd])
  if (whole || !first || !last) return { from: 0, to, before: 0, after: 0 }
  return { from: first.index, to, before: first.start, after: virtualizer.getTotalSize() - last.end }
}

/** Up and Down go from a row's first control to the next row's. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  if (!(event.target instanceof Element) || event.target.closest('[role="menu"], input')) return
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody tr')].flatMap((row) => {
    const control = row.querySelector<HTMLElement>('a, button')
    return control ? [control] : []
  })
  const row = event.target.closest('tr')
  const here = controls.findIndex((control) => control.closest('tr') === row)
  const next = controls[here + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

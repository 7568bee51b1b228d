import { useMemo } from 'react'
import { encode } from 'uqr'
import classes from './qr-code.module.css'
import { qrPath } from './qr-path'

/** Quiet zone around the code, in modules: scanners want four. */
const QUIET_ZONE = 4

/** A QR code drawn as one SVG path; black on white in every theme, because scanners want it so. */
export function QrCode({ text, label, size }: { text: string; label: string; size?: number | string }) {
  const code = useMemo(() => {
    const { data, size: modules } = encode(text, { ecc: 'M', border: QUIET_ZONE })
    return { path: qrPath(data), modules }
  }, [text])
  const box = `0 0 ${String(code.modules)} ${String(code.modules)}`
  return (
    <svg
      className={classes.code}
      viewBox={box}
      width={size}
      height={size}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={code.modules} height={code.modules} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  )
}

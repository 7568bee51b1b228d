import { useCallback, useState } from 'react'

type Range = { readonly anchor: number; readonly active: number }

/** Which lines are selected, by their numbers: one, or all from where the selection began. */
export function useSelection(first: number, count: number) {
  const [range, setRange] = useState<Range | null>(null)
  const last = first + count - 1
  const select = useCallback(
    (line: number, extends_: boolean) => {
      const active = Math.min(last, Math.max(first, line))
      setRange((before) => ({ anchor: extends_ && before !== null ? before.anchor : active, active }))
    },
    [first, last],
  )
  const selectAll = useCallback(() => {
    if (last >= first) setRange({ anchor: first, active: last })
  }, [first, last])
  const clear = useCallback(() => {
    setRange(null)
  }, [])
  const isThere = range !== null && range.active >= first && range.active <= last
  const from = isThere ? Math.max(first, Math.min(range.anchor, range.active)) : 0
  const to = isThere ? Math.min(last, Math.max(range.anchor, range.active)) : -1
  return { active: isThere ? range.active : null, from, to, count: to - from + 1, select, selectAll, clear }
}

/** What the hook gives. */
export type Selection = ReturnType<typeof useSelection>

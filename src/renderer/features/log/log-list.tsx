import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLine } from '../../../shared/model/log-line'
import { Button } from '../../ui/button/button'
import { dayOf, shortFieldsText, textOf, timeOfDay } from './line-text'
import classes from './log.module.css'
import type { Log } from './use-log'
import type { Selection } from './use-selection'

/** Height of a line in CSS pixels; all are the same, so a million of them need no measuring. */
const ROW = 24
/** So close to the newest line counts as being there, in CSS pixels. */
const AT_END = ROW
/** So close to the oldest line the next page is asked for, in lines. */
const NEAR_START = 40
const PAGE_OF_LINES = 20

type Props = { readonly log: Log; readonly selection: Selection }

/** The lines: newest at the bottom, where it follows by itself until somebody scrolls up. */
export function LogList({ log, selection }: Props) {
  const { t } = useTranslation('log')
  const scroller = useRef<HTMLDivElement>(null)
  const { lines, first } = log
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => first + index,
    overscan: 12,
  })
  useStaying(scroller, log)
  const onScroll = useScrolling(scroller, log)
  const items = rows.getVirtualItems()
  const start = items[0]?.index ?? 0
  const { active } = selection
  // Only when another line is chosen: otherwise nobody could scroll away from it.
  const showActive = useEffectEvent((line: number | null) => {
    if (line !== null) rows.scrollToIndex(line - first)
  })
  useEffect(() => {
    // The line in full takes some of the room.
    showActive(active)
  }, [active])
  const { loadOlder } = log
  useEffect(() => {
    if (start < NEAR_START) loadOlder()
  }, [start, loadOlder])
  const idOf = (line: number) => `log-line-${String(line)}`
  const isActiveDrawn = active !== null && items.some(({ index }) => first + index === active)
  return (
    <div
      ref={scroller}
      className={classes.lines}
      role="listbox"
      aria-label={t('lines')}
      aria-multiselectable
      aria-activedescendant={isActiveDrawn ? idOf(active) : undefined}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={(event) => {
        pressed(event, log, selection, (line) => {
          rows.scrollToIndex(line - first)
        })
      }}
    >
      {log.isTrimmed && start < NEAR_START ? (
        <div className={classes.trimmed} role="presentation">
          {t('trimmed')}{' '}
          <Button size="small" onClick={log.startAgain}>
            {t('newest')}
          </Button>
        </div>
      ) : null}
      <div role="presentation" className={classes.all} style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, key, start: top }) => {
          const line = lines[index]
          if (line === undefined) return null
          const number = first + index
          return (
            <Row
              key={key}
              id={idOf(number)}
              line={line}
              top={top}
              position={index + 1}
              isNewDay={index === 0 || dayOf(lines[index - 1]?.time ?? '') !== dayOf(line.time)}
              isSelected={number >= selection.from && number <= selection.to}
              isActive={number === active}
              onPress={(isShift) => {
                if (log.isFollowing) log.pause()
                selection.select(number, isShift)
              }}
            />
          )
        })}
      </div>
    </div>
  )
}

type RowProps = {
  readonly id: string
  readonly line: LogLine
  readonly top: number
  readonly position: number
  readonly isNewDay: boolean
  readonly isSelected: boolean
  readonly isActive: boolean
  readonly onPress: (isShift: boolean) => void
}

function Row({ id, line, top, position, isNewDay, isSelected, isActive, onPress }: RowProps) {
  const { t } = useTranslation('log')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the list, which has the focus.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      aria-posinset={position}
      aria-setsize={-1}
      className={classes.line}
      data-level={line.level}
      data-active={isActive || undefined}
      style={{ top }}
      onClick={({ shiftKey }) => {
        onPress(shiftKey)
      }}
    >
      <span className={classes.day}>{isNewDay ? dayOf(line.time).slice(5) : ''}</span>
      <span className={classes.time}>{timeOfDay(line.time)}</span>
      <span className={classes.level}>{t(`level.${line.level}`)}</span>
      <span className={classes.scope}>{line.scope}</span>
      <span className={classes.words}>
        {line.message} <span className={classes.fields}>{shortFieldsText(line)}</span>
        {line.error === null ? null : <span className={classes.fault}> {line.error.split('\n', 1)[0]}</span>}
      </span>
    </div>
  )
}

/** Keeps what is looked at where it is: the newest line while it follows, otherwise the same lines. */
function useStaying(scroller: RefObject<HTMLDivElement | null>, { lines, first, isFollowing }: Log): void {
  const before = useRef(first)
  useLayoutEffect(() => {
    const list = scroller.current
    if (list === null) return
    if (isFollowing) list.scrollTop = list.scrollHeight
    else list.scrollTop += (before.current - first) * ROW
    before.current = first
  }, [scroller, lines, first, isFollowing])
}

/** Scrolling up stops the following, scrolling to the end takes it up again. */
function useScrolling(scroller: RefObject<HTMLDivElement | null>, log: Log): () => void {
  const last = useRef(0)
  return () => {
    const list = scroller.current
    if (list === null) return
    const isUpwards = list.scrollTop < last.current
    last.current = list.scrollTop
    const isAtEnd = list.scrollHeight - list.clientHeight - list.scrollTop <= AT_END
    if (log.isFollowing && isUpwards && !isAtEnd) log.pause()
  }
}

type Key = KeyboardEvent<HTMLDivElement>

function pressed(event: Key, log: Log, selection: Selection, show: (line: number) => void): void {
  const isCommand = event.ctrlKey || event.metaKey
  const isDone = isCommand ? commanded(event.key, log, selection) : moved(event, log, selection, show)
  if (!isDone) return
  event.preventDefault()
  event.stopPropagation()
}

function commanded(key: string, log: Log, selection: Selection): boolean {
  if (key === 'a') selection.selectAll()
  else if (key === 'c') copyLines(log, selection)
  else return false
  return true
}

function moved(event: Key, log: Log, selection: Selection, show: (line: number) => void): boolean {
  const { key, shiftKey } = event
  if (key === 'Escape' && selection.active !== null) {
    selection.clear()
    return true
  }
  const next = nextLine(key, log, selection)
  if (next === null) return false
  const line = Math.min(log.first + log.lines.length - 1, Math.max(log.first, next))
  if (log.isFollowing) log.pause()
  selection.select(line, shiftKey)
  show(line)
  return true
}

function nextLine(key: string, { first, lines }: Log, { active }: Selection): number | null {
  const end = first + lines.length - 1
  const from = active ?? end + 1
  switch (key) {
    case 'ArrowUp':
      return from - 1
    case 'ArrowDown':
      return from + 1
    case 'PageUp':
      return from - PAGE_OF_LINES
    case 'PageDown':
      return from + PAGE_OF_LINES
    case 'Home':
      return first
    case 'End':
      return end
    default:
      return null
  }
}

function copyLines({ lines, first }: Log, { from, to, count }: Selection): void {
  if (count > 0) void navigator.clipboard.writeText(textOf(lines, from - first, to - first))
}

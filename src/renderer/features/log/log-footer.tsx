import { IconArrowDown, IconPlayerPause } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { LOG_LEVELS, LogLevel } from '../../../shared/model/log-line'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { CopyButton } from '../../ui/copy-button/copy-button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { textOf } from './line-text'
import classes from './log.module.css'
import type { Log } from './use-log'
import type { Selection } from './use-selection'

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const

/** Whether it follows, how much is shown, what is copied, and how much is written down. */
export function LogFooter({ log, selection }: { log: Log; selection: Selection }) {
  const { t } = useTranslation('log')
  const { lines, first, isFollowing, waiting, missed } = log
  const { count, from, to } = selection
  return (
    <footer className={classes.footer}>
      {isFollowing ? (
        <Button size="small" icon={<IconPlayerPause {...icon} />} onClick={log.pause}>
          {t('pause')}
        </Button>
      ) : (
        <Button size="small" kind="primary" icon={<IconArrowDown {...icon} />} onClick={log.goOn}>
          {t('resume')}
        </Button>
      )}
      <span className={classes.state} data-following={isFollowing}>
        {isFollowing ? t('following') : t('paused')}
      </span>
      <span className={classes.counted} role="status">
        {waiting.length > 0 ? t('waiting', { count: waiting.length }) : t('count', { count: lines.length })}
        {count > 1 ? ` · ${t('selected', { count })}` : ''}
        {missed > 0 ? ` · ${t('missed', { count: missed })}` : ''}
      </span>
      <span className={classes.push} />
      {lines.length > 0 ? (
        <CopyButton
          text={() => (count > 1 ? textOf(lines, from - first, to - first) : textOf(lines, 0, lines.length))}
          label={count > 1 ? t('copySelected') : t('copyAll')}
          done={t('copied')}
        />
      ) : null}
      <Keep />
    </footer>
  )
}

/** How much the program writes down from now on. */
function Keep() {
  const { t } = useTranslation('log')
  const queries = useQueryClient()
  const level = useQuery({ queryKey: ['log', 'level'], queryFn: () => client.log.level() })
  const change = useMutation({
    mutationFn: (next: LogLevel) => client.log.setLevel({ level: next }),
    onSuccess: (state) => {
      queries.setQueryData(['log', 'level'], state)
    },
  })
  if (level.data === undefined) return null
  const { isFixed } = level.data
  return (
    <>
      <label className={classes.keep} title={isFixed ? t('keepFixed') : undefined}>
        {t('keep')}
        <select
          className={classes.choice}
          value={level.data.level}
          disabled={isFixed}
          onChange={({ target }) => {
            change.mutate(LogLevel.parse(target.value))
          }}
        >
          {LOG_LEVELS.map((each) => (
            <option key={each} value={each}>
              {t(`keepLevels.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <RefusalNote error={change.error} />
    </>
  )
}

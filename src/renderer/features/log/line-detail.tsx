import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LogLine } from '../../../shared/model/log-line'
import type { LogAbout } from '../../lib/log-about'
import { Button, IconButton } from '../../ui/button/button'
import { CopyButton } from '../../ui/copy-button/copy-button'
import { dayOf, lineText, timeOfDay } from './line-text'
import classes from './log.module.css'

type Props = {
  readonly line: LogLine
  readonly onAbout: (about: LogAbout) => void
  readonly onClose: () => void
}

/** The chosen line with all that is known of it, and the way to everything about its request. */
export function LineDetail({ line, onAbout, onClose }: Props) {
  const { t } = useTranslation('log')
  const { requestNumber } = line.fields
  const fields = Object.entries(line.fields)
  return (
    <section className={classes.detail} aria-label={t('detail.name')}>
      <header>
        <h2>{line.message}</h2>
        {typeof requestNumber === 'string' ? (
          <Button
            onClick={() => {
              onAbout({ number: requestNumber, id: null })
            }}
          >
            {t('detail.about', { number: requestNumber })}
          </Button>
        ) : null}
        <CopyButton text={lineText(line)} label={t('detail.copy')} done={t('copied')} />
        <IconButton label={t('detail.close')} onClick={onClose}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </IconButton>
      </header>
      <p className={classes.when}>
        {t(`level.${line.level}`)} · {dayOf(line.time)} {timeOfDay(line.time)}
        {line.scope === '' ? '' : ` · ${line.scope}`}
      </p>
      {fields.length > 0 ? (
        <dl>
          {fields.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {line.error === null ? null : <pre>{line.error}</pre>}
      {fields.length === 0 && line.error === null ? <p className={classes.when}>{t('detail.none')}</p> : null}
    </section>
  )
}

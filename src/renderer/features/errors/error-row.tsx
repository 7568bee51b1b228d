import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ErrorKind } from '../../../shared/model/errors'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { exactTime, happenedAt } from '../../lib/time'
import { CopyButton } from '../../ui/copy-button/copy-button'
import classes from './errors.module.css'
import { supportText } from './support-text'

/** One kind of error: what it is, how often and when, what the program did, and what the manager can do. */
export function ErrorRow({ kind }: { kind: ErrorKind }) {
  const { t } = useTranslation('errors')
  const { topic, isNew, count } = kind
  const title = t(`topic.${topic}.title`)
  const Mark = isNew ? IconAlertTriangle : IconCheck
  return (
    <article className={classes.row} data-new={isNew} aria-label={title}>
      <Mark size={16} stroke={1.6} aria-hidden />
      <div className={classes.words}>
        <h2>
          {title}
          {isNew ? <span className={classes.new}>{t('isNew')}</span> : null}
        </h2>
        <p>
          <b>{t('did')}</b> {t(`topic.${topic}.did`)}
        </p>
        <p>
          <b>{t('can')}</b> {t(`topic.${topic}.can`)}
        </p>
        <Details kind={kind} />
      </div>
      <div className={classes.when}>
        <b>{t('count', { count })}</b>
        <When kind={kind} />
      </div>
    </article>
  )
}

function When({ kind: { firstAt, lastAt } }: { kind: ErrorKind }) {
  const { t } = useTranslation('errors')
  const desk = useText()
  const language = useLanguage()
  const now = useNow()
  const when = (at: number) => happenedAt(at, now, language, desk)
  const times = { first: when(firstAt), last: when(lastAt) }
  return (
    <>
      {times.first === times.last ? null : (
        <time dateTime={new Date(firstAt).toISOString()} title={exactTime(firstAt, language)}>
          {t('when.first', times)}
        </time>
      )}
      <time dateTime={new Date(lastAt).toISOString()} title={exactTime(lastAt, language)}>
        {times.first === times.last ? t('when.one', times) : t('when.last', times)}
      </time>
    </>
  )
}

function Details({ kind }: { kind: ErrorKind }) {
  const { t } = useTranslation('errors')
  const { scope, code, sentence, detail, version, frames } = kind
  const facts = [
    [t('detail.sentence'), sentence],
    [t('detail.says'), detail],
    [t('detail.scope'), scope],
    [t('detail.code'), code],
    [t('detail.version'), version],
    [t('detail.frames'), frames.join('\n')],
  ].filter(([, value]) => value !== '')
  return (
    <details className={classes.details}>
      <summary>{t('details')}</summary>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <CopyButton text={supportText([kind])} label={t('copyAll')} done={t('copied')} />
    </details>
  )
}

import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './first-run.module.css'
import { useOpenPractice } from './use-first-run'

const PROMISES = ['needsNothing', 'sendsNothing', 'keptApart'] as const

/** The other way in: a building to practise in, without a bot. */
export function PracticeCard() {
  const { t } = useTranslation('guide')
  const open = useOpenPractice()
  return (
    <section className={classes.option} aria-labelledby="guide-practice">
      <h2 id="guide-practice">{t('practice.title')}</h2>
      <p>{t('practice.text')}</p>
      <ul className={classes.checks}>
        {PROMISES.map((promise) => (
          <li key={promise}>
            <IconCheck size={14} stroke={1.6} aria-hidden />
            {t(`practice.${promise}`)}
          </li>
        ))}
      </ul>
      <RefusalNote error={open.error} />
      <div className={classes.end}>
        <Button
          disabled={open.isPending}
          onClick={() => {
            open.mutate()
          }}
        >
          {t('practice.open')}
        </Button>
      </div>
    </section>
  )
}

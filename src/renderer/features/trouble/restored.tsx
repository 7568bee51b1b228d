import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { OpenBoard } from './open-board'
import classes from './trouble.module.css'

/** A copy has been put in place. */
export function Restored({ onStillInTheWay }: { onStillInTheWay: () => void }) {
  const { t } = useTranslation('trouble')
  return (
    <>
      <IconCircleCheck className={classes.done} size={32} stroke={1.5} aria-hidden />
      <h1 tabIndex={-1}>{t('restored.title')}</h1>
      <p className={classes.lead}>{t('restored.text')}</p>
      <OpenBoard onStillInTheWay={onStillInTheWay} />
    </>
  )
}

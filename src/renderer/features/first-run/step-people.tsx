import { IconTicket } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button/button'
import { InviteForm } from '../../ui/invite-technician/invite-form'
import classes from './first-run.module.css'
import { StepHead } from './step-head'
import type { StepProps } from './steps'
import { useInvites } from './use-first-run'

/** The fourth step: technicians join by a link or a code of their own. */
export function StepPeople({ onNext, onBack }: StepProps) {
  const { t } = useTranslation('guide')
  const invites = useInvites()
  const waiting = invites.data ?? []
  return (
    <>
      <StepHead title={t('people.title')} lead={t('people.lead')} />
      {waiting.length > 0 ? (
        <ul className={classes.soFar} aria-label={t('people.waiting')}>
          {waiting.map(({ id, name }) => (
            <li key={id}>
              <IconTicket size={16} stroke={1.6} aria-hidden />
              <b>{name}</b>
              <span>{t('people.invited')}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <div className={classes.fields}>
        <InviteForm
          size="lg"
          after={(hasInvited) => (
            <>
              <Button kind={hasInvited ? 'primary' : 'outlined'} onClick={onNext}>
                {t(hasInvited || waiting.length > 0 ? 'continue' : 'skip')}
              </Button>
              <Button kind="ghost" onClick={onBack}>
                {t('back')}
              </Button>
            </>
          )}
        />
      </div>
    </>
  )
}

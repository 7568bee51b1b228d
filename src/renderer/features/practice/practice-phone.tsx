import { useTranslation } from 'react-i18next'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { PersonSwitch } from './person-switch'
import { Phone } from './phone'
import classes from './phone.module.css'
import { usePerson } from './use-practice-phone'

/** The phone beside the board in which the manager plays a resident or a technician. */
export function PracticePhone() {
  const { t } = useTranslation('practice')
  const { people, person, choose, error } = usePerson()
  return (
    <section className={classes.side} aria-label={t('phone')}>
      <PersonSwitch people={people} person={person} onChoose={choose} />
      <RefusalNote error={error} />
      {/* The key gives every person a phone of their own, with their own half-written message. */}
      {person ? <Phone key={person.telegramId} person={person} /> : <div className={classes.phone} />}
    </section>
  )
}

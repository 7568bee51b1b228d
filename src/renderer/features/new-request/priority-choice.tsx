import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Priority } from '../../../shared/model/vocabulary'
import { useText } from '../../lib/texts'
import { PriorityMark } from '../../ui/marks/priority-mark'
import classes from './priority-choice.module.css'

/** The four priorities with their marks, the most pressing last. */
export function PriorityChoice({
  value,
  onChange,
}: {
  value: Priority
  onChange: (value: Priority) => void
}) {
  const { t } = useTranslation('new-request')
  const desk = useText()
  const name = useId()
  return (
    <fieldset className={classes.field}>
      <legend>{t('priority')}</legend>
      <div className={classes.choices}>
        {Priority.options.map((priority) => (
          <label key={priority} className={classes.choice}>
            <input
              type="radio"
              name={name}
              value={priority}
              checked={priority === value}
              onChange={() => {
                onChange(priority)
              }}
            />
            <PriorityMark priority={priority} />
            {desk(`priority.${priority}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

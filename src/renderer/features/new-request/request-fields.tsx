import { Autocomplete, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Draft, LONGEST_DESCRIPTION, type Missing } from './draft'
import classes from './new-request.module.css'
import { PriorityChoice } from './priority-choice'

type Props = {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly missing: Missing | null
  readonly places: string[]
}

/** The four things that are asked about a request. */
export function RequestFields({ draft, onChange, missing, places }: Props) {
  const { t } = useTranslation('new-request')
  return (
    <>
      <Textarea
        data-autofocus
        label={t('description')}
        description={t('descriptionHint')}
        error={missing?.description ? t('descriptionMissing') : null}
        value={draft.description}
        maxLength={LONGEST_DESCRIPTION}
        autosize
        minRows={3}
        maxRows={10}
        onChange={(event) => {
          onChange({ ...draft, description: event.currentTarget.value })
        }}
      />
      <Autocomplete
        label={t('place')}
        description={t('placeHint')}
        error={missing?.place ? t('placeMissing') : null}
        value={draft.place}
        data={places}
        limit={50}
        maxLength={200}
        withScrollArea={false}
        classNames={{ options: classes.options }}
        onChange={(place) => {
          onChange({ ...draft, place })
        }}
      />
      <TextInput
        label={t('reporter')}
        description={t('reporterHint')}
        value={draft.reporterName}
        maxLength={120}
        onChange={(event) => {
          onChange({ ...draft, reporterName: event.currentTarget.value })
        }}
      />
      <PriorityChoice
        value={draft.priority}
        onChange={(priority) => {
          onChange({ ...draft, priority })
        }}
      />
    </>
  )
}

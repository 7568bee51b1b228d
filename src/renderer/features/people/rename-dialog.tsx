import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/model/people'
import { FormDialog } from '../../ui/form-dialog/form-dialog'
import { usePeopleActions } from './use-people'

/** Changes the name under which the office knows somebody. */
export function RenameDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation('people')
  const [name, setName] = useState(person.name)
  const { rename } = usePeopleActions()
  return (
    <FormDialog
      title={t('rename.title', { name: person.name })}
      save={t('rename.save')}
      cancel={t('cancel')}
      canSave={name.trim() !== ''}
      isBusy={rename.isPending}
      error={rename.error}
      onClose={onClose}
      onSave={() => {
        rename.mutate({ personId: person.id, name: name.trim() }, { onSuccess: onClose })
      }}
    >
      <TextInput
        data-autofocus
        label={t('column.name')}
        description={t('rename.hint')}
        value={name}
        maxLength={120}
        onChange={(event) => {
          setName(event.currentTarget.value)
        }}
      />
    </FormDialog>
  )
}

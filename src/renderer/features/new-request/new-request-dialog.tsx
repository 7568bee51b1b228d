import { Autocomplete, Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LONGEST_TEXT } from '../../../shared/ipc/contract'
import { KeyCap } from '../../ui/key-cap/key-cap'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { type Draft, EMPTY_DRAFT, isEmptyDraft, missingIn } from './draft'
import { PriorityChoice } from './priority-choice'
import { useCreateRequest, usePlaceChoices } from './use-new-request'

/** Writes down a request that came by phone or in person. What was typed outlives closing, until it is saved. */
export function NewRequestDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('new-request')
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT)
  const [asked, setAsked] = useState(false)
  const choices = usePlaceChoices(opened)
  const create = useCreateRequest(choices)
  const missing = missingIn(draft)
  const isEmpty = isEmptyDraft(draft)
  const save = () => {
    setAsked(true)
    if (missing.description || missing.place || create.isPending) return
    create.mutate(draft, {
      onSuccess: () => {
        setDraft(EMPTY_DRAFT)
        setAsked(false)
        onClose()
      },
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    save()
  }
  return (
    <Modal opened={opened} onClose={onClose} size={560} title={t('title')} closeOnClickOutside={false}>
      <form
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack gap="md">
          <Fields
            draft={draft}
            onChange={setDraft}
            missing={asked ? missing : null}
            places={choices.map(({ words }) => words)}
          />
          <RefusalNote error={create.error} />
          <Group justify="flex-end" gap="sm">
            {isEmpty ? null : (
              <Button
                variant="subtle"
                color="gray"
                mr="auto"
                onClick={() => {
                  setDraft(EMPTY_DRAFT)
                  setAsked(false)
                }}
              >
                {t('clear')}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              {t(isEmpty ? 'close' : 'later')}
            </Button>
            <Button
              type="submit"
              loading={create.isPending}
              aria-keyshortcuts="Control+Enter"
              rightSection={<KeyCap onFill>{t('saveKey')}</KeyCap>}
            >
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

type FieldsProps = {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  /** Null until the first try to save: nobody is told off for a form they have just opened. */
  readonly missing: ReturnType<typeof missingIn> | null
  readonly places: string[]
}

function Fields({ draft, onChange, missing, places }: FieldsProps) {
  const { t } = useTranslation('new-request')
  return (
    <>
      <Textarea
        data-autofocus
        label={t('description')}
        description={t('descriptionHint')}
        error={missing?.description ? t('descriptionMissing') : null}
        value={draft.description}
        maxLength={LONGEST_TEXT}
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
        maxDropdownHeight={220}
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

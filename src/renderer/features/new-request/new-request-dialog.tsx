import { Group, Stack } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../lib/toasts'
import { Button } from '../../ui/button/button'
import { Dialog } from '../../ui/dialog/dialog'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { isEmptyDraft } from './draft'
import classes from './new-request.module.css'
import { RequestFields } from './request-fields'
import { useNewRequest } from './use-new-request'

/** Writes down a request that came by phone or in person. */
export function NewRequestDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('new-request')
  const form = useNewRequest(opened, (number) => {
    showToast({ tone: 'done', title: t('saved', { number }) })
    onClose()
  })
  const isEmpty = isEmptyDraft(form.draft)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    form.save()
  }
  return (
    <Dialog opened={opened} onClose={onClose} size={560} title={t('title')} closeOnClickOutside={isEmpty}>
      <form
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          form.save()
        }}
      >
        <Stack gap="md">
          <RequestFields
            draft={form.draft}
            onChange={form.setDraft}
            missing={form.missing}
            places={form.places}
          />
          <RefusalNote error={form.error} />
          <Ways form={form} isEmpty={isEmpty} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  )
}

type WaysProps = {
  readonly form: ReturnType<typeof useNewRequest>
  readonly isEmpty: boolean
  readonly onClose: () => void
}

function Ways({ form, isEmpty, onClose }: WaysProps) {
  const { t } = useTranslation('new-request')
  return (
    <Group justify="flex-end" gap="sm">
      {isEmpty ? null : (
        <span className={classes.clear}>
          <Button kind="ghost" onClick={form.clear}>
            {t('clear')}
          </Button>
        </span>
      )}
      <Button onClick={onClose}>{t(isEmpty ? 'close' : 'later')}</Button>
      <Button
        kind="primary"
        submit
        keyCap={t('saveKey')}
        aria-keyshortcuts="Control+Enter"
        disabled={form.isBusy}
      >
        {t('save')}
      </Button>
    </Group>
  )
}

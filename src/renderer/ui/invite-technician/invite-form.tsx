import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RefusalNote } from '../refusal-note/refusal-note'
import { InviteCard } from './invite-card'
import classes from './invite.module.css'
import { useInvite } from './use-invite'

/** Asks for a technician's name and gives the link and the QR code that make that person one. */
export function InviteForm({
  size = 'sm',
  after,
}: {
  size?: 'sm' | 'lg'
  after: (hasInvited: boolean) => ReactNode
}) {
  const { t } = useTranslation('people')
  const [name, setName] = useState('')
  const invite = useInvite()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') invite.mutate(name.trim())
  }
  if (invite.data) {
    return (
      <div className={classes.made}>
        <InviteCard invite={invite.data} />
        <div className={classes.buttons}>
          <Button
            variant="default"
            size={size}
            onClick={() => {
              setName('')
              invite.reset()
            }}
          >
            {t('invite.another')}
          </Button>
          {after(true)}
        </div>
      </div>
    )
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t('invite.name')}
        description={t('invite.nameHint')}
        value={name}
        maxLength={120}
        size={size}
        data-autofocus
        onChange={(event) => {
          setName(event.currentTarget.value)
        }}
      />
      <RefusalNote error={invite.error} />
      <div className={classes.buttons}>
        <Button type="submit" size={size} loading={invite.isPending} disabled={name.trim() === ''}>
          {t('invite.make')}
        </Button>
        {after(false)}
      </div>
    </form>
  )
}

import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../button/button'
import { RefusalNote } from '../refusal-note/refusal-note'
import { InviteCard } from './invite-card'
import classes from './invite.module.css'
import { useInvite } from './use-invite'

type Props = {
  readonly size?: 'sm' | 'lg'
  /** The ways out, drawn after the form's own button. */
  readonly after: (hasInvited: boolean) => ReactNode
}

/** Asks for a technician's name and gives the link and the QR code that make that person one. */
export function InviteForm({ size = 'sm', after }: Props) {
  const { t } = useTranslation('people')
  const invite = useInvite()
  if (!invite.data) return <NameForm size={size} invite={invite} after={after(false)} />
  return (
    <div className={classes.made}>
      <InviteCard invite={invite.data} />
      <div className={classes.buttons} data-size={size}>
        <Button onClick={invite.reset}>{t('invite.another')}</Button>
        {after(true)}
      </div>
    </div>
  )
}

type NameProps = {
  readonly size: 'sm' | 'lg'
  readonly invite: ReturnType<typeof useInvite>
  readonly after: ReactNode
}

function NameForm({ size, invite, after }: NameProps) {
  const { t } = useTranslation('people')
  const [name, setName] = useState('')
  const isEmpty = name.trim() === ''
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isEmpty) invite.mutate(name.trim())
      }}
    >
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
      <div className={classes.buttons} data-size={size}>
        <Button kind="primary" submit disabled={invite.isPending || isEmpty}>
          {t('invite.make')}
        </Button>
        {after}
      </div>
    </form>
  )
}

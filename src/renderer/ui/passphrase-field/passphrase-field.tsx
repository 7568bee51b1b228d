import { PasswordInput } from '@mantine/core'

type Props = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Longest passphrase that main takes, in characters. */
const LONGEST = 200

/** Asks for the passphrase of a locked backup; nothing offers to remember or complete it. */
export function PassphraseField({ label, value, onChange }: Props) {
  return (
    <PasswordInput
      label={label}
      value={value}
      maxLength={LONGEST}
      autoComplete="off"
      onChange={(event) => {
        onChange(event.currentTarget.value)
      }}
    />
  )
}

import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../button/button'
import classes from './token-form.module.css'

type Props = {
  readonly value: string
  readonly size?: 'sm' | 'lg'
  readonly isWrong: boolean
  readonly onChange: (token: string) => void
}

/** The token, covered until Show is pressed; not a password field, so that nothing offers to save it. */
export function TokenField({ value, size = 'sm', isWrong, onChange }: Props) {
  const { t } = useTranslation('guide')
  const [shown, setShown] = useState(false)
  return (
    <TextInput
      label={t('token.label')}
      value={value}
      size={size}
      autoComplete="off"
      spellCheck={false}
      data-autofocus
      maxLength={200}
      error={isWrong}
      classNames={{ input: shown ? classes.shown : classes.covered }}
      rightSectionWidth={104}
      rightSection={
        <Button
          kind="ghost"
          aria-pressed={shown}
          onClick={() => {
            setShown(!shown)
          }}
        >
          {t(shown ? 'token.hide' : 'token.show')}
        </Button>
      }
      onChange={(event) => {
        onChange(event.currentTarget.value)
      }}
    />
  )
}

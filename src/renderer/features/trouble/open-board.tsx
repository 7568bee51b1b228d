import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './trouble.module.css'

type Props = { readonly onStillInTheWay: () => void; readonly children?: ReactNode }

/** Opens the data, now that they are sound; the desk then comes in place of this screen, or what is still in the way. */
export function OpenBoard({ onStillInTheWay, children }: Props) {
  const { t } = useTranslation('trouble')
  const queryClient = useQueryClient()
  const open = useMutation({
    mutationFn: () => client.trouble.tryAgain(),
    onSuccess: (view) => {
      queryClient.setQueryData(['trouble'], view)
      if (view !== null) onStillInTheWay()
    },
  })
  return (
    <>
      <RefusalNote error={open.error} />
      <div className={classes.buttons}>
        <Button
          kind="primary"
          disabled={open.isPending}
          onClick={() => {
            open.mutate()
          }}
        >
          {t('rescued.open')}
        </Button>
        {children}
      </div>
    </>
  )
}

import type { ComponentPropsWithRef } from 'react'

/** A span whose tooltip is made when the pointer arrives: on a board of many cards most are never asked for. */
export function Hinted({
  hint,
  ...rest
}: Omit<ComponentPropsWithRef<'span'>, 'title' | 'onPointerEnter'> & { readonly hint: () => string }) {
  return (
    <span
      {...rest}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = hint()
      }}
    />
  )
}

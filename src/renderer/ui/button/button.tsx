import type { ComponentPropsWithRef, ReactNode } from 'react'
import { classNames } from '../class-names'
import { KeyCap } from '../key-cap/key-cap'
import classes from './button.module.css'

type Native = Omit<ComponentPropsWithRef<'button'>, 'type'>

/** What a button can look like. */
export type ButtonLook = {
  readonly kind?: 'outlined' | 'primary' | 'ghost'
  readonly size?: 'normal' | 'small'
  readonly keyCap?: string
  readonly icon?: ReactNode
  readonly submit?: boolean
}

/** A button in the desk's own look; light enough to be there before Mantine is. */
export function Button({
  kind = 'outlined',
  size = 'normal',
  keyCap,
  icon,
  submit = false,
  className,
  children,
  ...rest
}: Native & ButtonLook) {
  const look = classNames(
    classes.button,
    kind !== 'outlined' && classes[kind],
    size === 'small' && classes.small,
    className,
  )
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={look}
      aria-keyshortcuts={keyCap?.replace('Ctrl ↵', 'Control+Enter')}
      {...rest}
    >
      {icon}
      {children}
      {keyCap === undefined ? null : <KeyCap onFill={kind === 'primary'}>{keyCap}</KeyCap>}
    </button>
  )
}

/** A square button with an icon only; the label is its accessible name and tooltip. */
export function IconButton({
  label,
  className,
  children,
  ...rest
}: Omit<Native, 'aria-label' | 'title'> & { readonly label: string }) {
  return (
    <button
      type="button"
      className={classNames(classes.button, classes.ghost, classes.square, className)}
      aria-label={label}
      title={label}
      {...rest}
    >
      {children}
    </button>
  )
}

import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './menu-button.module.css'

/** The square button that opens the menu around it; a native one, because the menu adds to its class. */
export function MenuButton({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Menu.Target>
      <button type="button" className={classes.button} aria-label={label} title={label}>
        {children}
      </button>
    </Menu.Target>
  )
}

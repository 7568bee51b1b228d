import type { MantineColorSchemeManager } from '@mantine/core'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

function apply(): void {
  document.documentElement.dataset.mantineColorScheme = dark.matches ? 'dark' : 'light'
}

/** Keeps the page in the system's colour scheme, from before the first paint. */
export function followColourScheme(): void {
  apply()
  dark.addEventListener('change', apply)
}

/** Mantine would keep the scheme in the window's storage; here the system decides. */
export const systemSchemeOnly: MantineColorSchemeManager = {
  get: () => 'auto',
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
}

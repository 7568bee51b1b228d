import {
  type CssVariables,
  defaultCssVariablesResolver,
  mergeMantineTheme,
  DEFAULT_THEME,
} from '@mantine/core'
import { cssVariablesResolver } from './mantine-variables'
import { theme } from './theme'

const UNUSED =
  /^--mantine-(?:color-(?:pink|grape|violet|indigo|blue|cyan|teal|green|lime|yellow|orange)-|shadow-(?:xs|sm|md|lg|xl)$)/

function block(selector: string, variables: CssVariables): string {
  const lines = Object.entries(variables)
    .filter(([name]) => !UNUSED.test(name))
    .map(([name, value]) => `  ${name}: ${value ?? ''};\n`)
  return `${selector} {\n${lines.join('')}}\n`
}

/** Writes Mantine's variables as a style sheet: the window's policy does not let Mantine inject them itself. */
export function mantineCss(): string {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme)
  const defaults = defaultCssVariablesResolver(merged)
  const ours = cssVariablesResolver(merged).variables
  const dark = Object.fromEntries(Object.entries(defaults.dark).filter(([name]) => !(name in ours)))
  return [
    '/* Written by mantine-css.test.ts from theme.ts; `vitest -u` writes it anew. */\n',
    block(':root', { ...defaults.variables, ...defaults.light, ...ours }),
    block(':root[data-mantine-color-scheme="dark"]', dark),
  ].join('')
}

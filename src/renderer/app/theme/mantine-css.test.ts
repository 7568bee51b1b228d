import { expect, test } from 'vitest'
import { mantineCss } from './mantine-css'

test('the style sheet with Mantine’s variables is what the theme says', async () => {
  await expect(mantineCss()).toMatchFileSnapshot('./mantine.css')
})

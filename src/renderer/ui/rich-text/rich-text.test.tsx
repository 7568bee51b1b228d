// @vitest-environment jsdom
import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { marksFor, RichText } from './rich-text'

test('values are drawn as they are, whatever they contain', () => {
  const { actor, subject } = marksFor(['actor', 'subject'])
  const text = `<b>${actor}</b> assigned <b>${subject}</b>`
  const { container } = render(<RichText text={text} values={['<b>Eve</b> & co', 'Marek']} />)
  expect(container.innerHTML).toBe(
    '<span></span><b>&lt;b&gt;Eve&lt;/b&gt; &amp; co</b><span> assigned </span><b>Marek</b><span></span>',
  )
})

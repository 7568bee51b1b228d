import { expect, test } from 'vitest'
import { parseHtml } from './parse-html'

function outcome(source: string): unknown {
  try {
    return parseHtml(source)
  } catch (error) {
    return (error as Error).message
  }
}

const refusals: readonly (readonly [string, string])[] = [
  ['<p>x</p>', 'Unsupported start tag "p" at byte offset 0'],
  ['é<br/>', 'Unsupported start tag "br/" at byte offset 2'],
  ['<b>x', `Can't find end tag corresponding to start tag "b"`],
  ['<b', 'Unclosed start tag at byte offset 0'],
  ['a < b', 'Unsupported start tag "" at byte offset 2'],
  ['x</b>', 'Unexpected end tag at byte offset 1'],
  ['<b><i>x</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
  ['<a href=http://x.org>x</a>', 'Unexpected end of name token at byte offset 8'],
  ['<a href>x</a>', 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  [
    '&#xd83d;',
    'Text contains invalid Unicode characters after decoding HTML entities, ' +
      'check for unmatched surrogate code units',
  ],
]

test.each(refusals)('%s is refused', (source, reason) => {
  expect(outcome(source)).toBe(`Bad Request: can't parse entities: ${reason}`)
})

const accepted: readonly (readonly [string, string, unknown[]])[] = [
  ['a &lt;b&gt; &amp; &quot;c&quot; &nbsp; & d', 'a <b> & "c" &nbsp; & d', []],
  ['&#128512;&#x41', '😀A', []],
  ['&#xd83d;&#xde00;', '😀', []],
  [
    '😀<B>x<i>y</i></B>',
    '😀xy',
    [
      { type: 'italic', offset: 3, length: 1 },
      { type: 'bold', offset: 2, length: 2 },
    ],
  ],
  ['<b></b>x', 'x', []],
  [
    '<a href="http://x.org?a=1&amp;b=2">x</a>',
    'x',
    [{ type: 'text_link', offset: 0, length: 1, url: 'http://x.org/?a=1&b=2' }],
  ],
  ['<a href="nowhere">x</a>', 'x', []],
  [
    '<pre><code class="language-ts">x</code></pre>',
    'x',
    [{ type: 'pre', offset: 0, length: 1, language: 'ts' }],
  ],
  ['<code class="language-ts">x</code>', 'x', [{ type: 'code', offset: 0, length: 1 }]],
  ['<blockquote expandable>x</blockquote>', 'x', [{ type: 'expandable_blockquote', offset: 0, length: 1 }]],
  [
    '<tg-time unix="1647531900" format="wDT">x</tg-time>',
    'x',
    [{ type: 'date_time', offset: 0, length: 1, unix_time: 1647531900, date_time_format: 'wDT' }],
  ],
]

test.each(accepted)('%s becomes text with entities', (source, text, entities) => {
  expect(outcome(source)).toEqual({ text, entities })
})

import { createElement, Fragment, type ReactNode } from 'react'
import type { PhoneMessage } from '../../../shared/model/practice'
import classes from './phone.module.css'
import { type Mark, textSegments } from './text-segments'

const TAG = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  // Links on the practice phone lead nowhere, so they are drawn as links but are none.
  link: 'span',
} as const satisfies Record<Mark, string>

/** A message's text with its bold and other stretches, line breaks kept. */
export function RichText({ message }: { message: Pick<PhoneMessage, 'text' | 'entities'> }) {
  let at = 0
  return textSegments(message.text, message.entities).map(({ text, marks }) => {
    const key = at
    at += text.length
    const drawn = marks.reduceRight<ReactNode>(
      (inside, mark) =>
        createElement(TAG[mark], mark === 'link' ? { className: classes.link } : null, inside),
      text,
    )
    return <Fragment key={key}>{drawn}</Fragment>
  })
}

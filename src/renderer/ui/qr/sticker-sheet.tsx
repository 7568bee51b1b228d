import { createPortal } from 'react-dom'
import { QrCode } from './qr-code'
import classes from './sticker-sheet.module.css'

/** What one sticker says besides its code. */
export type Sticker = {
  readonly id: string
  readonly link: string
  readonly name: string
  readonly building: string
}

type Words = {
  /** The invitation over the code, for example "Something broken? Scan and write". */
  readonly call: string
  /** The bot's user name, so that people without a scanner can find it. */
  readonly bot: string
  /** What the code is, for those who do not see it. */
  readonly codeOf: (name: string) => string
}

function StickerCard({ sticker, words }: { sticker: Sticker; words: Words }) {
  return (
    <li className={classes.sticker}>
      <QrCode text={sticker.link} label={words.codeOf(sticker.name)} />
      <div className={classes.words}>
        <p className={classes.name}>{sticker.name}</p>
        <p className={classes.building}>{sticker.building}</p>
        <p className={classes.call}>{words.call}</p>
        <p className={classes.bot}>{words.bot}</p>
      </div>
    </li>
  )
}

/** The stickers as they will leave the printer: a preview here, and a copy that only the printer sees. */
export function StickerSheet({
  stickers,
  words,
  label,
}: {
  stickers: readonly Sticker[]
  words: Words
  label: string
}) {
  const cards = stickers.map((sticker) => <StickerCard key={sticker.id} sticker={sticker} words={words} />)
  return (
    <>
      <ul className={classes.preview} aria-label={label}>
        {cards}
      </ul>
      {createPortal(
        <div className={classes.paper} data-print-sheet="" aria-hidden="true">
          <ul className={classes.page}>{cards}</ul>
        </div>,
        document.body,
      )}
    </>
  )
}

import { IconPrinter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Building } from '../../../shared/model/places'
import { Button } from '../button/button'
import classes from './print-stickers.module.css'
import { type Sticker, StickerSheet } from './sticker-sheet'

type Props = {
  readonly buildings: readonly Building[]
  /** The bot's user name without the at sign; empty while it is not known. */
  readonly bot: string
  readonly size?: 'sm' | 'lg'
  readonly after?: ReactNode
}

/** The sheet of all stickers with the button that prints it. */
export function PrintStickers({ buildings, bot, size = 'sm', after }: Props) {
  const { t } = useTranslation('places')
  const stickers = stickersOf(buildings, t('codes.wholeBuilding'))
  const words = {
    call: t('codes.call'),
    bot: bot === '' ? '' : `@${bot}`,
    codeOf: (name: string) => t('codes.codeOf', { name }),
  }
  return (
    <div className={classes.print}>
      <div className={classes.buttons} data-size={size}>
        <Button
          kind={after ? 'outlined' : 'primary'}
          data-autofocus={after ? undefined : true}
          disabled={stickers.length === 0}
          icon={<IconPrinter size={16} stroke={1.6} aria-hidden />}
          onClick={() => {
            window.print()
          }}
        >
          {stickers.length === 0 ? t('codes.printNone') : t('codes.print', { count: stickers.length })}
        </Button>
        {after}
      </div>
      {stickers.length === 0 ? (
        <p className={classes.hint}>{t('codes.none')}</p>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a group of fields.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by key.
        <div className={classes.sheet} role="group" aria-label={t('codes.sheet')} tabIndex={0}>
          <StickerSheet stickers={stickers} words={words} label={t('codes.sheet')} />
        </div>
      )}
    </div>
  )
}

function stickersOf(buildings: readonly Building[], wholeBuilding: string): Sticker[] {
  return buildings
    .filter(({ isActive }) => isActive)
    .flatMap((building) => [
      { id: building.id, link: building.link, name: building.name, building: wholeBuilding },
      ...building.units
        .filter(({ isActive }) => isActive)
        .map(({ id, link, name }) => ({ id, link, name, building: building.name })),
    ])
    .filter(({ link }) => link !== '')
}

import { useAppState } from '../../lib/app-state'
import { goTo } from '../../lib/routes'
import { useText } from '../../lib/texts'
import { Button } from '../../ui/button/button'
import classes from './board.module.css'

/** The best board there is. */
export function NothingBroken({ onNewRequest }: { onNewRequest: () => void }) {
  const t = useText()
  const { bot } = useAppState()
  return (
    <div className={classes.middle}>
      <svg
        width="44"
        height="36"
        viewBox="0 0 44 36"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        aria-hidden="true"
      >
        <path d="M8 34V6h28v28M3 34h38M19 34v-8h6v8" />
        <path d="M14 12h4v4h-4zM26 12h4v4h-4zM14 19h4v4h-4zM26 19h4v4h-4z" />
      </svg>
      <h2>{t('board.nothingTitle')}</h2>
      <p>
        {t('board.nothingText')} {bot.kind === 'receiving' ? t('board.receiving') : null}
      </p>
      <div className={classes.next}>
        <Button
          onClick={() => {
            goTo('places')
          }}
        >
          {t('board.printCodes')}
        </Button>
        <Button keyCap="N" onClick={onNewRequest}>
          {t('top.newRequest')}
        </Button>
      </div>
    </div>
  )
}

/** The board could not be read. */
export function BoardFailed({ onTryAgain }: { onTryAgain: () => void }) {
  const t = useText()
  return (
    <div className={classes.middle} role="alert">
      <h2>{t('board.failedTitle')}</h2>
      <div className={classes.next}>
        <Button onClick={onTryAgain}>{t('board.tryAgain')}</Button>
      </div>
    </div>
  )
}

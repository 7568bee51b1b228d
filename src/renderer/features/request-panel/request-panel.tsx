import type { RequestId } from '../../../shared/model/ids'
import type { RequestDetails } from '../../../shared/model/request'
import { useShortcuts } from '../../lib/shortcuts'
import { refusalText, useText } from '../../lib/texts'
import { Button, IconButton } from '../../ui/button/button'
import { IconX } from '@tabler/icons-react'
import { Actions } from './actions'
import { Composer } from './composer'
import { Facts } from './facts'
import { PanelHead } from './panel-head'
import classes from './panel.module.css'
import { Photos } from './photos'
import { Thread } from './thread'
import { useMarkRead, useRequest } from './use-request'

type Props = {
  readonly requestId: RequestId
  readonly neighbour: (id: RequestId, step: -1 | 1) => RequestId | null
  readonly onOpen: (id: RequestId) => void
  readonly onClose: () => void
}

/** Everything about one request, beside the screen it was opened from. */
export function RequestPanel(props: Props) {
  const { data, error, refetch } = useRequest(props.requestId)
  useMarkRead(data)
  if (data) return <Opened key={props.requestId} details={data} {...props} />
  return <NotThere error={error} onTryAgain={() => void refetch()} onClose={props.onClose} />
}

function Opened({ details, neighbour, onOpen, onClose }: Props & { readonly details: RequestDetails }) {
  const t = useText()
  const { card, description, files } = details
  const go = (step: -1 | 1) => {
    const next = neighbour(card.id, step)
    return next === null
      ? undefined
      : () => {
          onOpen(next)
        }
  }
  useShortcuts({ k: go(-1), j: go(1) })
  return (
    <aside className={classes.panel} aria-label={t('panel.name', { number: card.number })}>
      <PanelHead details={details} onPrevious={go(-1)} onNext={go(1)} onClose={onClose} />
      <div className={classes.about}>
        <h2 className={classes.title}>{card.title || t('card.untitled')}</h2>
        <Facts details={details} />
        {description !== '' && description !== card.title ? (
          <p className={classes.description}>{description}</p>
        ) : null}
        <Photos files={files} />
      </div>
      <Thread details={details} />
      <Composer details={details} />
      <Actions details={details} />
    </aside>
  )
}

function NotThere({
  error,
  onTryAgain,
  onClose,
}: {
  error: unknown
  onTryAgain: () => void
  onClose: () => void
}) {
  const t = useText()
  return (
    <aside className={classes.panel} aria-label={t('panel.loading')} aria-busy={error === null}>
      <div className={classes.head}>
        <span className={classes.grow} />
        <IconButton label={t('panel.close')} onClick={onClose}>
          <IconX size={16} stroke={1.6} aria-hidden="true" />
        </IconButton>
      </div>
      {error === null ? (
        <div className={classes.skeleton} aria-hidden="true">
          <i style={{ width: '80%' }} />
          <i style={{ width: '55%' }} />
          <i style={{ width: '65%' }} />
          <i style={{ width: '40%' }} />
        </div>
      ) : (
        <div className={classes.failed} role="alert">
          <p>{refusalText(error)}</p>
          <Button onClick={onTryAgain}>{t('screen.tryAgain')}</Button>
        </div>
      )}
    </aside>
  )
}

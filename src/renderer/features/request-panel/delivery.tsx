import {
  IconAlertTriangle,
  IconBan,
  IconChecks,
  IconCircleX,
  IconClock,
  IconInfoCircle,
  IconSend,
  type TablerIcon,
} from '@tabler/icons-react'
import type { RequestId } from '../../../shared/model/ids'
import type { ThreadEntry } from '../../../shared/model/request'
import type { DeliveryState } from '../../../shared/model/vocabulary'
import { refusalText, useLanguage, useText } from '../../lib/texts'
import { exactTime } from '../../lib/time'
import { showToast } from '../../lib/toasts'
import { Button } from '../../ui/button/button'
import classes from './thread.module.css'
import { useDecideDelivery } from './use-request'

const ICONS: Readonly<Record<DeliveryState, TablerIcon>> = {
  pending: IconClock,
  sending: IconSend,
  sent: IconChecks,
  unknown: IconInfoCircle,
  failed: IconAlertTriangle,
  blocked: IconBan,
  cancelled: IconCircleX,
}

type Known = NonNullable<Extract<ThreadEntry, { type: 'comment' }>['delivery']>

/** How far a message has come; always with the word. "Delivered" is all that Telegram tells. */
export function Delivery({
  delivery,
  name,
  requestId,
}: {
  delivery: Known
  name: string
  requestId: RequestId
}) {
  const t = useText()
  const language = useLanguage()
  const decide = useDecideDelivery(requestId)
  const { state, outboxId, at } = delivery
  const Icon = ICONS[state]
  const press = (again: boolean) => () => {
    decide.mutate(
      { outboxId, again },
      {
        onError: (error) => {
          showToast({ tone: 'problem', title: refusalText(error) })
        },
      },
    )
  }
  return (
    <div className={classes.delivery} data-state={state} title={exactTime(at, language)}>
      <Icon size={12} stroke={1.6} aria-hidden="true" />
      <span>{t(`delivery.${state}`, { name })}</span>
      {state === 'unknown' ? (
        <span className={classes.why}>{t('delivery.unknownText', { name })}</span>
      ) : null}
      {state === 'blocked' ? (
        <span className={classes.why}>{t('delivery.blockedText', { name })}</span>
      ) : null}
      {state === 'unknown' || state === 'failed' ? (
        <span className={classes.decide}>
          {state === 'unknown' ? (
            <Button kind="ghost" size="small" disabled={decide.isPending} onClick={press(false)}>
              {t('delivery.leaveIt')}
            </Button>
          ) : null}
          <Button size="small" disabled={decide.isPending} onClick={press(true)}>
            {t('delivery.sendAgain')}
          </Button>
        </span>
      ) : null}
    </div>
  )
}

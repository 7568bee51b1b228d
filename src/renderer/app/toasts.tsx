import '@mantine/notifications/styles.css'
import { Notifications, notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useEffect } from 'react'
import { currentText } from '../lib/texts'
import { drawToasts, type ShownToast, type Toast } from '../lib/toasts'
import { Button } from '../ui/button/button'
import classes from './toasts.module.css'

const SUCCESS_MS = 6000
/** More than this wait until one leaves. */
const MOST = 3

function hide(id: string): void {
  notifications.hide(id)
}

function show(toast: ShownToast): void {
  const { id } = toast
  const isProblem = toast.tone === 'problem'
  notifications.show({
    id,
    role: isProblem ? 'alert' : 'status',
    withCloseButton: isProblem,
    closeButtonProps: { 'aria-label': currentText()('panel.close') },
    autoClose: toast.forMs ?? (isProblem ? false : SUCCESS_MS),
    classNames: { root: classes.root ?? '', body: classes.body ?? '' },
    message: (
      <ToastBody
        toast={toast}
        onDone={() => {
          hide(id)
        }}
      />
    ),
  })
}

function ToastBody({ toast: { tone, title, text, action }, onDone }: { toast: Toast; onDone: () => void }) {
  const Icon = tone === 'problem' ? IconAlertTriangle : IconCircleCheck
  return (
    <div className={classes.toast}>
      <Icon size={16} stroke={1.6} className={classes[tone]} aria-hidden="true" />
      <div className={classes.words}>
        <b>{title}</b>
        {text === undefined ? null : <p>{text}</p>}
      </div>
      {action ? (
        <Button
          {...(action.keyCap === undefined ? {} : { keyCap: action.keyCap })}
          onClick={() => {
            onDone()
            action.run()
          }}
        >
          {action.label}
        </Button>
      ) : null}
    </div>
  )
}

/** Shows the window's toasts, the latest few at a time. */
export function Toasts() {
  useEffect(() => drawToasts({ show, hide }), [])
  return <Notifications position="bottom-center" limit={MOST} containerWidth={430} zIndex={150} />
}

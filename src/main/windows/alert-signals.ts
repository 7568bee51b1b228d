import { app, Menu, nativeImage, Notification, Tray } from 'electron'
import type { AlertSignals, TrayContent } from '../health/alert-signals'
import { hasTray } from './has-tray'
import { trayBitmap } from './tray-bitmap'

/** What the icon and the notification lead to. */
type Ways = {
  /** Brings the window to the front. */
  readonly open: () => void
  /** Brings the window to the front, with the screen on how the program does. */
  readonly openHealth: () => void
}

/** Creates the system's own ways to tell an alert: its notification, and an icon beside the clock. */
export function createAlertSignals(ways: Ways): AlertSignals {
  let tray: Tray | null = null
  // Kept, because a notification that is collected no longer answers a click.
  const shown = new Set<Notification>()
  return {
    notify: ({ title, body, isCritical }) => {
      if (!Notification.isSupported()) return
      const notification = new Notification({ title, body, urgency: isCritical ? 'critical' : 'normal' })
      shown.add(notification)
      notification.on('click', ways.openHealth)
      notification.on('close', () => shown.delete(notification))
      notification.show()
    },
    mark: (content) => {
      if (content === null || !hasTray(process.platform, process.env['XDG_CURRENT_DESKTOP'])) {
        tray?.destroy()
        tray = null
        return
      }
      tray ??= createTray(ways)
      tray.setImage(imageOf(content.look))
      tray.setToolTip(`Facility Dispatcher: ${content.sum}`)
      tray.setContextMenu(menuOf(content, ways))
    },
  }
}

function createTray({ open }: Ways): Tray {
  const tray = new Tray(imageOf('well'))
  tray.on('click', open)
  return tray
}

function imageOf(look: TrayContent['look']): Electron.NativeImage {
  const image = nativeImage.createEmpty()
  for (const scaleFactor of [1, 2]) {
    const size = 16 * scaleFactor
    const buffer = trayBitmap(size, look)
    image.addRepresentation({ scaleFactor, width: size, height: size, buffer })
  }
  return image
}

function menuOf({ sum, lines, labels }: TrayContent, { open, openHealth }: Ways) {
  const wrong = lines.map((label) => ({ label, click: openHealth }))
  return Menu.buildFromTemplate([
    ...(wrong.length === 0 ? [{ label: sum, enabled: false }] : wrong),
    { type: 'separator' },
    { label: labels.open, click: open },
    { label: labels.health, click: openHealth },
    { type: 'separator' },
    { label: labels.quit, click: quit },
  ])
}

function quit(): void {
  app.quit()
}

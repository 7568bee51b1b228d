import { Menu } from 'electron'

/**
 * Sets the menu of the program: none, but on macOS the one without which copy and paste do not work.
 * Before the app is ready, so that Electron does not build its own first.
 */
export function setAppMenu(): void {
  const menu =
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null
  Menu.setApplicationMenu(menu)
}

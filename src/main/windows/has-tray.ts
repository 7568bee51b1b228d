/** Linux desktops that show such an icon by themselves; GNOME does not, and a hidden icon would only mislead. */
const DESKTOPS_WITH_TRAY = /kde|xfce|cinnamon|mate|lxqt|lxde|unity|deepin/iu

/** Whether an icon beside the clock makes sense on this computer. */
export function hasTray(platform: NodeJS.Platform, desktop: string | undefined): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  return platform === 'linux' && DESKTOPS_WITH_TRAY.test(desktop ?? '')
}

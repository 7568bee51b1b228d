import { crashReporter } from 'electron'

/**
 * Has the memory of a crashed process written down in the data folder, where the reports find it. Only processes that
 * begin after this are watched, so it comes before the app is ready; nothing is sent from here.
 */
export function keepMemoryOfCrashes(): void {
  crashReporter.start({ uploadToServer: false, ignoreSystemCrashHandler: true, compress: true })
}

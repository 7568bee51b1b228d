import { rm } from 'node:fs/promises'
import { app, crashReporter } from 'electron'

/**
 * Has the memory of a crashed process written down in the data folder, where the reports find it. Only processes that
 * begin after this are watched, so it comes before the app is ready; nothing is sent from here.
 */
export function keepMemoryOfCrashes(): void {
  crashReporter.start({
    uploadToServer: false,
    // Without an address Crashpad never finishes a file on Linux; it names nobody, and nothing is sent to it.
    submitURL: 'https://nobody.invalid/',
    ignoreSystemCrashHandler: true,
    compress: true,
  })
}

/** Removes what an earlier run has written down, now that nobody agrees to it any more. */
export async function forgetMemoryOfCrashes(): Promise<void> {
  // A file that can't be removed is tried again at the next start.
  await rm(app.getPath('crashDumps'), { recursive: true, force: true }).catch(() => undefined)
}

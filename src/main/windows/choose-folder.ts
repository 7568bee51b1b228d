import { dialog } from 'electron'

/** Asks for a folder with the system's own dialog; null when nobody chose one. */
export async function chooseFolder(): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory', 'createDirectory'] })
  return filePaths[0] ?? null
}

import { dialog } from 'electron'

/** Asks with the system's own dialog where to save a file of this name; null when nobody chose a place. */
export async function chooseFile(name: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: name })
  return canceled || filePath === '' ? null : filePath
}

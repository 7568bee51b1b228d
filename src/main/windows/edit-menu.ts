import { Menu, type WebContents } from 'electron'

/** The words of the menu on a text field. */
export type EditTexts = {
  readonly cut: string
  readonly copy: string
  readonly paste: string
}

/** Gives text fields the menu that people paste a token with; Electron brings none of its own. */
export function offerEditMenu(contents: WebContents, texts: () => EditTexts): void {
  contents.on('context-menu', (_event, { isEditable, selectionText, editFlags }) => {
    if (!isEditable && selectionText === '') return
    const { cut, copy, paste } = texts()
    const change = [
      { role: 'cut', label: cut, enabled: editFlags.canCut },
      { role: 'paste', label: paste, enabled: editFlags.canPaste },
    ] as const
    const read = { role: 'copy', label: copy, enabled: editFlags.canCopy } as const
    Menu.buildFromTemplate(isEditable ? [change[0], read, change[1]] : [read]).popup()
  })
}

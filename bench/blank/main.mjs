import { app, BrowserWindow } from 'electron'
import { join } from 'node:path'

// A window with nothing in it: what every Electron program costs.

app.setPath('userData', process.env.BENCH_FOLDER)
app.on('window-all-closed', () => app.quit())
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1400,
    height: 900,
    minWidth: 1024,
    minHeight: 680,
    title: 'Blank',
    show: true,
    backgroundColor: '#F7F5F1',
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      backgroundThrottling: true,
      navigateOnDragDrop: false,
    },
  })
  void window.loadFile(join(import.meta.dirname, 'blank.html'))
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from '../settings/private-file'

export const SMALLEST_WIDTH = 1024
export const SMALLEST_HEIGHT = 680
const DEFAULT_SIZE = { width: 1400, height: 900 }
/** How much of the window must be on a screen for it to be found and dragged, in pixels. */
const LEAST_VISIBLE = 100

const WindowState = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
})
/** Where the window was when it was last open. */
export type WindowState = z.infer<typeof WindowState>

/** A rectangle of the desktop in pixels. */
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
/** Where to open the window; without x and y the system chooses. */
type Placement = {
  readonly width: number
  readonly height: number
  readonly x?: number
  readonly y?: number
}

/** Reads where the window was; null when that is not known. */
export function readWindowState(dataFolder: string): WindowState | null {
  try {
    return WindowState.parse(JSON.parse(readFileSync(fileOf(dataFolder), 'utf8')))
  } catch {
    // Missing or damaged: the window opens where it does the first time.
    return null
  }
}

/** Remembers where the window is. Throws what the file system says. */
export function saveWindowState(dataFolder: string, state: WindowState): void {
  writePrivateFile(fileOf(dataFolder), `${JSON.stringify(state)}\n`)
}

function fileOf(dataFolder: string): string {
  return join(dataFolder, 'window.json')
}

/** Where to open the window: where it was, unless that screen is gone, and never larger than its screen. */
export function placeWindow(state: WindowState | null, screens: readonly Area[]): Placement {
  const screen = state && screens.find((area) => isVisibleOn(state, area))
  if (screen) return { ...fit(state, screen), x: state.x, y: state.y }
  const [first] = screens
  return first ? fit(state ?? DEFAULT_SIZE, first) : DEFAULT_SIZE
}

function fit(size: Placement, area: Area): Placement {
  return {
    width: Math.max(SMALLEST_WIDTH, Math.min(size.width, area.width)),
    height: Math.max(SMALLEST_HEIGHT, Math.min(size.height, area.height)),
  }
}

/** The upper edge counts most: by it a window is dragged. */
function isVisibleOn(window: Area, screen: Area): boolean {
  const left = Math.max(window.x, screen.x)
  const right = Math.min(window.x + window.width, screen.x + screen.width)
  const isTopInside = window.y >= screen.y && window.y <= screen.y + screen.height - LEAST_VISIBLE
  return right - left >= LEAST_VISIBLE && isTopInside
}

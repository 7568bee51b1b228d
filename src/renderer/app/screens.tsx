import { lazy, type ReactNode } from 'react'
import type { ScreenName } from '../lib/routes'

const load = {
  people: () => import('../features/people/people-screen'),
  places: () => import('../features/places/places-screen'),
  archive: () => import('../features/archive/archive-screen'),
  settings: () => import('../features/settings/settings-screen'),
  attention: () => import('../features/attention/attention-screen'),
  health: () => import('../features/health/health-screen'),
  errors: () => import('../features/errors/errors-screen'),
  log: () => import('../features/log/log-screen'),
  trouble: () => import('../features/trouble/trouble-screen'),
  conditions: () => import('./condition-banners'),
  alertBanner: () => import('./alert-banner'),
  firstRun: () => import('../features/first-run/first-run-screen'),
  phone: () => import('../features/practice/practice-phone'),
  practiceBanner: () => import('../features/practice/practice-banner'),
  newRequest: () => import('../features/new-request/new-request-dialog'),
  panel: () => import('../features/request-panel/request-panel'),
  cardMenu: () => import('./card-menu'),
  overlays: () => import('./overlays'),
  dragLayer: () => import('../features/board/drag-layer'),
} as const

const People = lazy(() => load.people().then((file) => ({ default: file.PeopleScreen })))
const Places = lazy(() => load.places().then((file) => ({ default: file.PlacesScreen })))
const Archive = lazy(() => load.archive().then((file) => ({ default: file.ArchiveScreen })))
const Settings = lazy(() => load.settings().then((file) => ({ default: file.SettingsScreen })))
const Attention = lazy(() => load.attention().then((file) => ({ default: file.AttentionScreen })))
const Health = lazy(() => load.health().then((file) => ({ default: file.HealthScreen })))
const Errors = lazy(() => load.errors().then((file) => ({ default: file.ErrorsScreen })))
const LogLines = lazy(() => load.log().then((file) => ({ default: file.LogScreen })))

/** Shown instead of the desk when the data can't be opened. */
export const Trouble = lazy(() => load.trouble().then((file) => ({ default: file.TroubleScreen })))
/** Lasting conditions of the data. */
export const ConditionBanners = lazy(() =>
  load.conditions().then((file) => ({ default: file.ConditionBanners })),
)
/** The worst alert. */
export const AlertBanner = lazy(() => load.alertBanner().then((file) => ({ default: file.AlertBanner })))
/** The guide of the first start. */
export const FirstRun = lazy(() => load.firstRun().then((file) => ({ default: file.FirstRunScreen })))
/** The phone of the practice building. */
export const Phone = lazy(() => load.phone().then((file) => ({ default: file.PracticePhone })))
/** The band that says that this is the practice building. */
export const PracticeBanner = lazy(() =>
  load.practiceBanner().then((file) => ({ default: file.PracticeBanner })),
)
/** The form for a request by phone or in person. */
export const NewRequest = lazy(() => load.newRequest().then((file) => ({ default: file.NewRequestDialog })))
/** A request beside the screen. */
export const Panel = lazy(() => load.panel().then((file) => ({ default: file.RequestPanel })))
/** Dialogs, menus and toasts. */
export const Overlays = lazy(() => load.overlays().then((file) => ({ default: file.Overlays })))
/** Dragging cards. */
export const DragLayer = lazy(() => load.dragLayer().then((file) => ({ default: file.DragLayer })))
/** The menu of the columns. */
export const CardMenu = lazy(() => load.cardMenu().then((file) => ({ default: file.CardMenu })))

/** Every screen but the board, which is there at once. */
export const OTHER_SCREENS: Readonly<Record<Exclude<ScreenName, 'board'>, ReactNode>> = {
  people: <People />,
  places: <Places />,
  archive: <Archive />,
  settings: <Settings />,
  attention: <Attention />,
  health: <Health />,
  errors: <Errors />,
  log: <LogLines />,
}

/** Fetches, while nothing else is to be done, what will probably be needed next. */
export async function prefetch(): Promise<void> {
  await load.panel()
  await load.newRequest()
}

/** The system's own notification, in words. */
export type AlertNotice = { readonly title: string; readonly body: string; readonly isCritical: boolean }

/** What the icon beside the clock shows, in words. */
export type TrayContent = {
  readonly look: 'well' | 'warning' | 'critical'
  readonly sum: string
  /** One for each alert. */
  readonly lines: readonly string[]
  readonly labels: { readonly open: string; readonly health: string; readonly quit: string }
}

/** The ways in which an alert reaches somebody who does not look at the window. */
export type AlertSignals = {
  readonly notify: (notice: AlertNotice) => void
  /** Shows the icon beside the clock; null takes it away. */
  readonly mark: (content: TrayContent | null) => void
}

import type { PushEvent } from '../../shared/ipc/contract'
import en from '../../shared/i18n/en/upgrade.json'
import ru from '../../shared/i18n/ru/upgrade.json'
import classes from './upgrade-notice.module.css'

type Upgrade = Extract<PushEvent, { type: 'upgrade' }>
type Parts = { readonly step: HTMLElement; readonly progress: HTMLProgressElement }

const TEXTS = { en, ru }
/** About how far into its step each part is: the bar shall move. */
const WITHIN_STEP: Readonly<Record<Upgrade['doing'], number>> = {
  copying: 0.2,
  comparing: 0.6,
  changing: 0.3,
  checking: 0.7,
}
let parts: Parts | null = null

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string | undefined,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  made.className = className ?? ''
  made.textContent = text
  return made
}

// Plain elements: the desk's texts and components need the data that are being upgraded.
function draw({ language }: Upgrade): Parts {
  const texts = TEXTS[language]
  const notice = element('main', classes.notice)
  notice.id = 'upgrade'
  const step = element('p', classes.step)
  step.setAttribute('role', 'status')
  const progress = element('progress', classes.progress)
  progress.setAttribute('aria-label', texts.title)
  notice.append(
    element('h1', classes.title, texts.title),
    progress,
    step,
    element('p', classes.calm, texts.calm),
  )
  document.documentElement.lang = language
  document.body.append(notice)
  return { step, progress }
}

/** Shows where an upgrade stands. */
export function showUpgrade(event: object): void {
  // Safe: the main process parses what it pushes by the contract.
  const upgrade = event as Upgrade
  const texts = TEXTS[upgrade.language]
  parts ??= draw(upgrade)
  const words = texts.step
    .replace('{{step}}', String(upgrade.step))
    .replace('{{of}}', String(upgrade.of))
    .replace('{{doing}}', texts.doing[upgrade.doing])
  // Said again only when it is something else: a screen reader would repeat it.
  if (parts.step.textContent !== words) parts.step.textContent = words
  parts.progress.max = upgrade.of
  parts.progress.value = upgrade.step - 1 + WITHIN_STEP[upgrade.doing]
}

import type { BotState } from '../../../shared/model/bot-state'

/** The steps of the guide, in their order. */
export const STEPS = ['language', 'bot', 'building', 'people', 'codes'] as const
/** One step of the guide. */
export type Step = (typeof STEPS)[number]

/** What every step gets: the ways on and back. */
export type StepProps = { readonly onNext: () => void; readonly onBack: () => void }

const FIRST = STEPS[0]

/** The step to show: the one wanted, but never past the bot while there is none. */
export function reachableStep(wanted: string | null, bot: BotState): Step {
  const step = STEPS.find((name) => name === wanted) ?? FIRST
  return bot.kind === 'no-token' && STEPS.indexOf(step) > STEPS.indexOf('bot') ? 'bot' : step
}

/** The step after, or the same when it is the last. */
export function stepAfter(step: Step): Step {
  return STEPS[STEPS.indexOf(step) + 1] ?? step
}

/** The step before, or the same when it is the first. */
export function stepBefore(step: Step): Step {
  return STEPS[STEPS.indexOf(step) - 1] ?? step
}

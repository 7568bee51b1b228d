import type { ActionResult } from '../../shared/ipc/contract'
import type { RequestId } from '../../shared/model/ids'
import type { RequestCard } from '../../shared/model/request'
import type { BoardStatus } from '../../shared/model/vocabulary'
import { announce } from '../lib/announce'
import { client } from '../lib/client'
import { type Command, foresee, type Question, send } from '../lib/commands'
import type { Dispatch } from '../lib/dispatch'
import { moveTo } from '../lib/moves'
import { createStore } from '../lib/store'
import { currentText, refusalText } from '../lib/texts'
import { showToast } from '../lib/toasts'
import { board } from './desk-board'

/** A question that waits for its answer. */
export type Asked = { readonly card: RequestCard; readonly question: Question; readonly nth: number }

/** The question that is open now. */
export const asked = createStore<Asked | null>(null)

let questions = 0

function ask(card: RequestCard, question: Question): void {
  questions += 1
  asked.set({ card, question, nth: questions })
}

/** The card whose menu of columns is open, and where. */
export const moveMenu = createStore<{ readonly card: RequestCard; readonly anchor: DOMRect } | null>(null)

/** Opens the menu of columns beside a card. */
export function openMoveMenu(id: RequestId, anchor: HTMLElement): void {
  const card = board.card(id)
  if (card) moveMenu.set({ card, anchor: anchor.getBoundingClientRect() })
}

type Step = { readonly undo: () => void; readonly forget: () => void }

/** The last step, while it can still be taken back. */
const lastStep = createStore<Step | null>(null)

type Word = Exclude<Command['kind'], 'assignAndStart'>

function wordOf(command: Command): Word {
  return command.kind === 'assignAndStart' ? 'start' : command.kind
}

function doneText({ number }: RequestCard, command: Command): string {
  const t = currentText()
  const word = wordOf(command)
  if (command.kind === 'assign') return t('done.assign', { number, name: command.technician.name })
  if (command.kind === 'priority') {
    return t('done.priority', { number, priority: t(`priority.${command.priority}`) })
  }
  return t(`done.${word}`, { number })
}

function offerUndo(title: string, { card, undo, undoMs }: ActionResult): void {
  const t = currentText()
  // Only the last step can be taken back; an older offer would be a trap.
  lastStep.get()?.forget()
  if (undo === null) {
    showToast({ tone: 'done', title })
    return
  }
  const run = () => {
    step.forget()
    void undoStep(card, undo)
  }
  const hide = showToast({
    tone: 'done',
    title,
    text: t('done.follows', { seconds: Math.round(undoMs / 1000) }),
    action: { label: t('done.undo'), keyCap: 'Z', run },
    forMs: undoMs,
  })
  const timer = setTimeout(() => {
    step.forget()
  }, undoMs)
  const step: Step = {
    undo: run,
    forget: () => {
      clearTimeout(timer)
      hide()
      if (lastStep.get() === step) lastStep.set(null)
    },
  }
  lastStep.set(step)
}

async function undoStep(card: RequestCard, undo: string): Promise<void> {
  const t = currentText()
  try {
    board.settle(await client.requests.undo({ requestId: card.id, undo }))
    showToast({ tone: 'done', title: t('done.undone', { number: card.number }) })
  } catch (error) {
    const title = t('done.failed.undo', { number: card.number })
    showToast({ tone: 'problem', title, text: refusalText(error) })
  }
}

async function carryOut(card: RequestCard, command: Command): Promise<void> {
  const t = currentText()
  board.guess(foresee(card, command, Date.now()))
  try {
    const result = await send(card.id, command)
    board.settle(result.card)
    const title = doneText(card, command)
    offerUndo(title, result)
  } catch (error) {
    board.withdraw(card.id)
    const title = t(`done.failed.${wordOf(command)}`, { number: card.number })
    announce(t('board.putBack', { number: card.number, column: t(`status.${card.status}`) }))
    showToast({ tone: 'problem', title, text: refusalText(error), ...wayOut(card, command) })
  }
}

/** A technician who can't be reached is best replaced at once. */
function wayOut(card: RequestCard, command: Command) {
  if (command.kind !== 'assign' && command.kind !== 'assignAndStart') return {}
  const question = command.kind === 'assign' ? 'technician' : 'technicianToStart'
  const run = () => {
    ask(card, question)
  }
  return { action: { label: currentText()('done.choose'), run } }
}

function move(card: RequestCard, column: BoardStatus): void {
  const next = moveTo(card, column)
  if (next?.kind === 'run') void carryOut(card, next.command)
  else if (next) ask(card, next.question)
  else if (card.status !== column) sayNo(card, column)
}

function sayNo(card: RequestCard, column: BoardStatus): void {
  const t = currentText()
  const text = t('done.notAllowed', { from: t(`status.${card.status}`), to: t(`status.${column}`) })
  announce(text)
  showToast({
    tone: 'problem',
    title: t('board.putBack', { number: card.number, column: t(`status.${card.status}`) }),
    text,
    forMs: 6000,
  })
}

/** The window's one way to get things done. */
export const dispatch: Dispatch = {
  run: (card, command) => void carryOut(card, command),
  ask,
  move,
}

/** Takes back the last step while that is possible. */
export function undoLast(): void {
  lastStep.get()?.undo()
}

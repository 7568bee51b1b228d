import { contract, type Handlers } from '../shared/ipc/contract'
import { clearPractice } from './clear-practice'
import type { Session, SessionDeps } from './session'

/** What the program is given: everything of a session but the way between sessions. */
type ProgramDeps = Omit<SessionDeps, 'move' | 'whileClosed'> & {
  /** Whether the first session is the practice building. */
  readonly inPractice: boolean
  /** Called when the first session could not be opened, with what opening has thrown. */
  readonly onCannotOpen: (error: unknown) => void
  /** Called when the program has moved to other data: the window has to show it from the start. */
  readonly onMoved: () => void
}

/** The program as a whole: one session at a time, and the moves between real data and the practice building. */
export type Program = {
  readonly handlers: Handlers
  readonly startBot: () => Promise<void>
  readonly folder: () => string
  readonly practiceFile: (fileId: string) => Uint8Array | undefined
  readonly resumed: () => void
  readonly close: () => Promise<void>
}

/**
 * Creates the program. Its first session is opened by the first call: by then the window has its page, which would
 * otherwise have to wait for the database with all that hangs on it. Calls wait for a session that is being opened.
 */
export function createProgram(deps: ProgramDeps): Program {
  let present: Session | null = null
  let opening: Promise<Session> | null = null

  const enter = (session: Session): Session => {
    present = session
    return session
  }
  const moveTo = async (to: Parameters<SessionDeps['move']>[0]): Promise<Session> => {
    // The practice building speaks the language that the desk has chosen.
    const language = present?.language() ?? deps.systemLanguage
    await present?.close()
    const session = enter(await openOther(to, sessionDeps, language))
    await session.startBot()
    return session
  }
  const move: SessionDeps['move'] = (to) => {
    afterTheAnswer(() => {
      const moving = moveTo(to)
      opening = moving
      moving.then(deps.onMoved, (error: unknown) => {
        deps.log.error({ error, scope: 'program' }, 'The other data could not be opened')
      })
    })
  }
  const begin = (next: Promise<Session>): Promise<Session> => {
    opening = next
    next.catch(deps.onCannotOpen)
    return next
  }
  const whileClosed: SessionDeps['whileClosed'] = (work) => {
    afterTheAnswer(() => {
      void begin(whileAllIsClosed(present, work, deps, () => openReal(sessionDeps).then(enter)))
    })
  }
  const sessionDeps: SessionDeps = { ...deps, move, whileClosed }
  const session = (): Promise<Session> =>
    opening ?? begin((deps.inPractice ? openPractice : openReal)(sessionDeps).then(enter))

  return {
    handlers: waitingHandlers(session),
    startBot: async () => {
      await (await session()).startBot()
    },
    ...reachingOf(() => present, deps),
    close: async () => {
      await opening?.catch(() => null)
      await present?.close()
    },
  }
}

/** Once the call that asked for it has its answer. */
function afterTheAnswer(work: () => void): void {
  setImmediate(work)
}

/** What goes to whichever session is open. */
function reachingOf(
  present: () => Session | null,
  { environment }: Pick<ProgramDeps, 'environment'>,
): Pick<Program, 'folder' | 'practiceFile' | 'resumed'> {
  return {
    folder: () => present()?.folder ?? environment.dataFolder,
    practiceFile: (fileId) => present()?.practiceFile(fileId),
    resumed: () => present()?.resumed(),
  }
}

/** Opens what the program moves to; the practice building speaks the language given. */
async function openOther(
  to: Parameters<SessionDeps['move']>[0],
  deps: SessionDeps,
  language: SessionDeps['systemLanguage'],
): Promise<Session> {
  if (to === 'fresh-practice') clearPractice(deps.environment.dataFolder)
  return to === 'real' ? openReal(deps) : openPractice({ ...deps, systemLanguage: language })
}

/** Closes a session, does work on closed files and opens the data again, whatever came of the work. */
async function whileAllIsClosed(
  session: Session | null,
  work: Parameters<SessionDeps['whileClosed']>[0],
  { log, onMoved }: Pick<ProgramDeps, 'log' | 'onMoved'>,
  open: () => Promise<Session>,
): Promise<Session> {
  await session?.close()
  let failure: unknown = null
  try {
    await work((told) => {
      session?.push.send(
        'failed' in told
          ? { type: 'restore-failed', code: told.failed }
          : { type: 'restore', progress: told.progress },
      )
    })
  } catch (error) {
    failure = error
  }
  const next = await open()
  await next.startBot()
  if (failure === null) onMoved()
  else log.error({ error: failure, scope: 'program' }, 'A backup could not be restored')
  return next
}

/** Loaded when it is needed: the database with all that hangs on it is half of what runs before the board stands. */
async function openReal(deps: SessionDeps): Promise<Session> {
  const { openRealSession } = await import('./session')
  return openRealSession(deps)
}

/** Loaded only when it is asked for: the simulator is no part of a normal start. */
async function openPractice(deps: SessionDeps): Promise<Session> {
  const { openPracticeSession } = await import('./practice-session')
  return openPracticeSession(deps)
}

/** The contract, served by whichever session is open when a call comes. */
function waitingHandlers(session: () => Promise<Session>): Handlers {
  const areas = Object.entries(contract).map(([area, methods]) => {
    const waiting = Object.keys(methods).map((name) => [
      name,
      async (input: unknown) => {
        const { handlers } = await session()
        // The keys come from the contract, which `Handlers` mirrors exactly; the input has been parsed by it.
        const methodsOfArea = handlers[area as keyof Handlers] as Record<string, (input: unknown) => unknown>
        return methodsOfArea[name]?.(input)
      },
    ])
    return [area, Object.fromEntries(waiting) as unknown]
  })
  // Built from the contract's own keys.
  return Object.fromEntries(areas) as Handlers
}

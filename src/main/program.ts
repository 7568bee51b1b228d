import { contract, type Handlers } from '../shared/ipc/contract'
import { Refusal } from '../shared/model/refusal'
import { clearPractice } from './clear-practice'
import type { Session, SessionDeps } from './session'
import type { Way } from './startup/trouble-desk'
import { withoutContext } from './telemetry/context'
import type { WholeLog } from './telemetry/log'

/** What the program is given: everything of a session but the way between sessions. */
type ProgramDeps = Omit<SessionDeps, 'move' | 'whileClosed'> & {
  /** Whether the first session is the practice building. */
  readonly inPractice: boolean
  /** Called when the first session could not be opened, with what opening has thrown. */
  readonly onCannotOpen: (error: unknown) => void
  /** Called when the window shows what it was opened for. */
  readonly onStanding: () => void
  /** Called when the program has moved to other data: the window has to show it from the start. */
  readonly onMoved: () => void
  /** Takes the data folder for this program, if it has not yet. Throws what is in the way. */
  readonly claim: (takeOver?: boolean) => void
  readonly log: WholeLog
  /** Folder of the log. */
  readonly logFolder: string
  /** Asks where to save a file of this name, with the system's own dialog; null when nobody chose a place. */
  readonly chooseFile: (name: string) => Promise<string | null>
  /** Served whether the data can be opened or not. */
  readonly errors: Handlers['errors']
  /** Shows a folder in the system's own program for files. */
  readonly showFolder: (folder: string) => void
}

/** The program as a whole: one session at a time, and the moves between real data and the practice building. */
export type Program = {
  readonly handlers: Handlers
  /** Loads the code that opening needs; without it, opening does. */
  readonly prepare: () => void
  /** Opens the first session; without it the first call does. */
  readonly open: () => void
  readonly startBot: () => Promise<void>
  readonly folder: () => string
  readonly practiceFile: (fileId: string) => Uint8Array | undefined
  readonly resumed: () => void
  /** Has the window show how the program does. */
  readonly showHealth: () => void
  readonly close: () => Promise<void>
}

/**
 * Creates the program. Its first session is opened once the window has its page, which would otherwise have to wait
 * for the database with all that hangs on it; the page is then busy with itself for as long as that takes. Calls wait
 * for a session that is being opened.
 */
export function createProgram(deps: ProgramDeps): Program {
  const sessions = createSessions(deps.onCannotOpen)
  let inPractice = deps.inPractice

  const openData = (way: Way): Promise<Session> => {
    inPractice = deps.inPractice && way === 'as-usual'
    return inPractice ? openPractice(sessionDeps) : openOwn(way, sessionDeps, deps.claim, sessions.failure)
  }
  const moveTo = async (to: Parameters<SessionDeps['move']>[0]): Promise<Session> => {
    // The practice building speaks the language that the desk has chosen.
    const systemLanguage = sessions.present()?.language() ?? deps.systemLanguage
    await sessions.leave()
    if (to === 'fresh-practice') clearPractice(deps.environment.dataFolder)
    inPractice = to !== 'real'
    if (inPractice) return openPractice({ ...sessionDeps, systemLanguage })
    deps.claim()
    return openReal(sessionDeps)
  }
  const move: SessionDeps['move'] = (to) => {
    afterTheAnswer(() => {
      const moved = sessions.start(() => moveTo(to))
      void moved.then(({ startBot }) => startBot()).then(deps.onMoved, deps.onMoved)
    })
  }
  const whileClosed: SessionDeps['whileClosed'] = (work) => {
    afterTheAnswer(() => {
      void whileAllIsClosed(sessions, work, deps, () => openReal(sessionDeps))
    })
  }
  const sessionDeps: SessionDeps = { ...deps, onDevice: deps.log.setDevice, move, whileClosed }
  const session = () => sessions.opening() ?? sessions.start(() => openData('as-usual'))
  const troubles = once(async () => {
    const { createTroubles } = await import('./troubles')
    const open = (way: Way) => sessions.start(() => sessions.leave().then(() => openData(way)))
    return createTroubles({ ...deps, session, open, enter: sessions.fail, isPractice: () => inPractice })
  })

  return {
    handlers: {
      ...waitingHandlers(async () => (await session().catch(refuseInTrouble)).handlers),
      ...logHandlers(deps, session),
      trouble: waitingHandlers(async () => ({ trouble: await troubles() })).trouble,
      window: { standing: deps.onStanding },
      errors: deps.errors,
    },
    prepare: () => unheard(deps.inPractice ? null : loadReal()),
    open: () => unheard(session()),
    startBot: async () => (await session()).startBot(),
    ...reachingOf(sessions.present, deps),
    close: () => closeAll(sessions),
  }
}

async function closeAll({ opening, leave }: Sessions): Promise<void> {
  await opening()?.catch(() => null)
  await leave()
}

/** The log is served whatever becomes of the data; what serves it is loaded when somebody asks. */
function logHandlers(deps: ProgramDeps, session: () => Promise<Session>): Pick<Handlers, 'log'> {
  const desk = once(async () => {
    const { openLogDesk } = await import('./log-desk')
    return openLogDesk({ ...deps, session })
  })
  const { log } = waitingHandlers(async () => ({ log: await desk() }))
  return { log }
}

/** Opens the office's own data in one of the ways. */
async function openOwn(
  way: Way,
  deps: SessionDeps,
  claim: ProgramDeps['claim'],
  failure: () => unknown,
): Promise<Session> {
  if (way === 'read-only') return openReadOnly(deps, failure())
  claim(way === 'take-over')
  return openReal(deps)
}

/** Whoever waits for it sees the failure. */
function unheard(work: Promise<unknown> | null): void {
  work?.catch(() => undefined)
}

/** Once the call that asked for it has its answer. */
function afterTheAnswer(work: () => void): void {
  withoutContext(() => setImmediate(work))
}

/** What goes to whichever session is open. */
function reachingOf(
  present: () => Session | null,
  { environment }: Pick<ProgramDeps, 'environment'>,
): Pick<Program, 'folder' | 'practiceFile' | 'resumed' | 'showHealth'> {
  return {
    folder: () => present()?.folder ?? environment.dataFolder,
    practiceFile: (fileId) => present()?.practiceFile(fileId),
    resumed: () => present()?.resumed(),
    showHealth: () => present()?.showHealth(),
  }
}

/** Closes the data, does work on closed files and opens them again, whatever came of the work. */
async function whileAllIsClosed(
  sessions: Sessions,
  work: Parameters<SessionDeps['whileClosed']>[0],
  { log, onMoved }: Pick<ProgramDeps, 'log' | 'onMoved'>,
  open: () => Promise<Session>,
): Promise<void> {
  const push = sessions.present()?.push
  let failure: unknown = null
  const next = sessions.start(async () => {
    await sessions.leave()
    try {
      await work((told) => {
        push?.send(
          'failed' in told
            ? { type: 'restore-failed', code: told.failed }
            : { type: 'restore', progress: told.progress },
        )
      })
    } catch (error) {
      failure = error
      log.error({ error, scope: 'program' }, 'A backup could not be restored')
    }
    return open()
  })
  try {
    await (await next).startBot()
  } catch {
    // The window shows why.
    failure = null
  }
  if (failure === null) onMoved()
}

type Sessions = ReturnType<typeof createSessions>

/** One session at a time: the present one, or the one that is being opened, or why there is none. */
function createSessions(onCannotOpen: (error: unknown) => void) {
  let present: Session | null = null
  let opening: Promise<Session> | null = null
  let failure: unknown = null

  const leave = async () => {
    const left = present
    present = null
    await left?.close()
  }
  const start = (open: () => Promise<Session>): Promise<Session> => {
    // The call that happens to be the first does not name what the session does for the rest of its life.
    opening = withoutContext(open).then((session) => {
      present = session
      return session
    })
    opening.catch((error: unknown) => {
      failure = error
      onCannotOpen(error)
    })
    return opening
  }
  return {
    present: () => present,
    opening: () => opening,
    /** Why the last opening did not go well. */
    failure: () => failure,
    leave,
    start,
    /** Leaves the present session for a reason, which is what is in the way from then on. */
    fail: async (reason: Error) => {
      await leave()
      await start(() => Promise.reject(reason)).catch(() => null)
    },
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}

/** The window then asks what is in the way: see the contract's `trouble`. */
function refuseInTrouble(): never {
  throw new Refusal('data-trouble')
}

/** Loaded when it is needed: the database with all that hangs on it is half of what runs before the board stands. */
const loadReal = () => import('./session')

async function openReal(deps: SessionDeps): Promise<Session> {
  const { openRealSession } = await loadReal()
  return openRealSession(deps)
}

/** Loaded only when there is trouble. */
async function openReadOnly(deps: SessionDeps, failure: unknown): Promise<Session> {
  const { openReadOnlySession } = await import('./read-only-session')
  return openReadOnlySession(deps, failure)
}

/** Loaded only when it is asked for: the simulator is no part of a normal start. */
async function openPractice(deps: SessionDeps): Promise<Session> {
  const { openPracticeSession } = await import('./practice-session')
  return openPracticeSession(deps)
}

/** The contract, served by whoever is there when a call comes. */
function waitingHandlers(whoever: () => Promise<Partial<Handlers>>): Handlers {
  const areas = Object.entries(contract).map(([area, methods]) => {
    const waiting = Object.keys(methods).map((name) => [
      name,
      async (input: unknown) => {
        const handlers = await whoever()
        // The keys come from the contract, which `Handlers` mirrors exactly; the input has been parsed by it.
        const methodsOfArea = handlers[area as keyof Handlers] as
          | Record<string, (input: unknown) => unknown>
          | undefined
        return methodsOfArea?.[name]?.(input)
      },
    ])
    return [area, Object.fromEntries(waiting) as unknown]
  })
  // Built from the contract's own keys.
  return Object.fromEntries(areas) as Handlers
}

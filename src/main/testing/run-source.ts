/** Lets plain Node run the sources: it strips types, but wants the endings that a bundler adds. */
const HOOKS = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({ resolve: (name, context, next) => {
    const isOurs = name.startsWith('.') && !/node_modules/.test(context.parentURL ?? '')
    return next(isOurs ? name + '.ts' : name, context)
  } })
`)}`

/** The arguments by which Electron's Node runs a source file as it is. */
export function sourceArguments(file: URL, ...given: readonly string[]): string[] {
  return ['--no-warnings', '--import', HOOKS, file.pathname, ...given]
}

/** The environment of such a process. */
export const sourceEnvironment = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' }

/** Lets plain Node run the sources: it strips types, but wants the endings that a bundler adds. */
const HOOKS = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({ resolve: (name, context, next) => {
    const isOurs = name.startsWith('.') && !/node_modules/.test(context.parentURL ?? '')
    return next(isOurs && !/[.]\\w+$/.test(name) ? name + '.ts' : name, context)
  } })
`)}`

/** Arguments with which Node, in a child process or a thread, runs the sources. */
export const SOURCE_ARGUMENTS: readonly string[] = ['--no-warnings', '--import', HOOKS]

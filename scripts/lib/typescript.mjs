import { registerHooks } from 'node:module'
import { extname } from 'node:path'

// Node strips the types by itself, but wants the endings that a bundler adds.
registerHooks({
  resolve: (specifier, context, next) => {
    const isOurs = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/')
    return next(isOurs && extname(specifier) === '' ? `${specifier}.ts` : specifier, context)
  },
})

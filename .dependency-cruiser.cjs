const rule = (name, from, to) => ({ name, severity: 'error', from, to })
const npm = (names) => `(^|/)node_modules/(${names})/`
const tests = '[.](test|property[.]test)[.]tsx?$|-fixture[.]ts$|^src/main/testing/'
const edges = '^src/main/(bot|ipc|sync|windows|practice|db-tool)/'

module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true }),
    rule('shared-is-leaf', { path: '^src/shared', pathNot: tests }, { pathNot: ['^src/shared', npm('zod')] }),
    rule(
      'domain-is-pure',
      { path: '^src/main/domain', pathNot: tests },
      { pathNot: ['^src/main/domain', '^src/shared/model'] },
    ),
    rule('core-knows-no-edge', { path: '^src/main/(domain|usecases|db)/', pathNot: tests }, { path: edges }),
    rule('db-knows-no-use-case', { path: '^src/main/db/', pathNot: tests }, { path: '^src/main/usecases/' }),
    // The screen of a damaged start uses them without anything that needs a database.
    rule(
      'backups-stand-alone',
      { path: '^src/main/backups/', pathNot: tests },
      { path: ['^src/main/(usecases|domain)/', edges] },
    ),
    rule('edges-do-not-meet', { path: edges, pathNot: tests }, { path: edges, pathNot: '^src/main/$1/' }),
    rule(
      'sql-only-in-db',
      { path: '^src', pathNot: ['^src/main/db', '^src/main/sync', tests] },
      { path: npm('drizzle-orm|better-sqlite3|pg') },
    ),
    rule(
      'telegram-only-in-bot',
      { path: '^src', pathNot: ['^src/main/bot', tests] },
      { path: npm('grammy|@grammyjs'), dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'electron-only-at-the-edge',
      {
        path: '^src',
        pathNot: ['^src/main/(ipc|windows|settings)/', '^src/main/index[.]ts$', '^src/preload'],
      },
      { path: npm('electron'), dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'command-line-is-leaf',
      { path: '^src/main/command-line/', pathNot: tests },
      { pathNot: ['^src/main/command-line/', '^node:'], dependencyTypesNot: ['core'] },
    ),
    rule('renderer-sees-only-shared', { path: '^src/renderer' }, { path: ['^src/main', '^src/preload'] }),
    rule('main-never-imports-renderer', { path: '^src/(main|preload)' }, { path: '^src/renderer' }),
    rule(
      'preload-stays-tiny',
      { path: '^src/preload/index[.]ts$' },
      { pathNot: [npm('electron'), '^src/shared/ipc/channels[.]ts$'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'features-are-strangers',
      { path: '^src/renderer/features/([^/]+)/' },
      { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    ),
    rule('ui-knows-no-feature', { path: '^src/renderer/(ui|lib)' }, { path: '^src/renderer/(features|app)' }),
    rule('tests-stay-tests', { path: '^src', pathNot: tests }, { path: tests }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}

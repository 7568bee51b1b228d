import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const noElectronIpc = {
  paths: [
    {
      name: 'electron',
      importNames: ['ipcMain', 'ipcRenderer'],
      message:
        'Only ipc/serve.ts and the preload may touch Electron’s channels: extend the contract instead.',
    },
  ],
}

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'out',
      'dist',
      'demo',
      'coverage',
      'test-results',
      'playwright-report',
      '.cache',
    ],
  },
  {
    files: ['src/**/*.{ts,tsx}', 'e2e/**/*.ts', 'bench/**/*.ts', '*.config.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.node.json', './tsconfig.web.json', './tsconfig.e2e.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // The compiler's noPropertyAccessFromIndexSignature is not used; `process.env.NAME` reads better.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      // A number has one obvious text; everything else has to say how it becomes one.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A complete switch over a closed union is one decision, however many cases it names.
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-imports': ['error', noElectronIpc],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        {
          selector: "CallExpression[callee.property.name='send'][callee.object.property.name='webContents']",
          message: 'Windows are told through ipc/push.ts.',
        },
      ],
    },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // A component is mostly markup: its length says little about its complexity.
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // A function that makes a group of functions is as long as their sum; each of them is held to the limit by reading.
    files: [
      'src/main/usecases/*.ts',
      'src/main/bot/{sender,poll-loop,engine}.ts',
      'src/main/db/{schema,database}.ts',
    ],
    rules: { 'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**/*.ts', 'bench/**/*.ts', 'src/main/testing/**'],
    rules: {
      'max-lines-per-function': 'off',
      // A story has many steps, and each may look for something that is not there yet.
      complexity: 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/main/ipc/serve.ts', 'src/preload/index.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['bench/**/*.ts', 'e2e/faults/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
)

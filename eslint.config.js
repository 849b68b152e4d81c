/** What the linter insists on, folder by folder. The import rules come from `tools/layers.js`. */

import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { engineStages, hotStages, layers, reservedPackages } from './tools/layers.js'

const TYPESCRIPT = ['**/*.ts', '**/*.vue']
const TESTS = ['**/*.test.ts', 'test/**', 'e2e/**']
const CONFIG_FILES = ['*.config.{ts,js}']

const sourceFolders = [...new Set(Object.keys(layers).map((folder) => folder.split('/')[1] ?? ''))]
const escape = (/** @type {string} */ text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const alternatives = (/** @type {readonly string[]} */ names) => names.map(escape).join('|')

/**
 * The import patterns one row of the table forbids. ESLint sees the specifier as written, so a folder is known
 * by the `../` that leads out to it.
 * @param {string} folder
 */
function forbiddenImports(folder) {
  const row = layers[folder]
  if (row === undefined) throw new Error(`${folder} is not in tools/layers.js`)
  const message = `${folder} may not import this: see tools/layers.js`
  const inside = (/** @type {readonly string[]} */ names) =>
    names.filter((name) => name.startsWith('src/')).map((name) => name.slice('src/'.length))

  const reachable = inside([...row.code, folder])
  const whole = reachable.filter((name) => !name.includes('/'))
  const forTypes = inside(row.types)
  const unreachable = sourceFolders.filter((name) => !whole.includes(name) && !forTypes.includes(name))
  // A folder open in part (`node/settings`) is closed except for what follows.
  const openParts = reachable.filter((name) => name.includes('/')).map((name) => `(?!${escape(name)})`)
  const packages = row.code.filter((name) => !name.startsWith('src/') && name !== 'node:' && name !== '*')
  const allowedPackages = [
    '\\.',
    ...(row.code.includes('node:') ? ['node:'] : []),
    ...packages.map((name) => `${escape(name)}(?:/|$)`),
  ]

  const deeper = Object.keys(layers).filter((other) => other.startsWith(`${folder}/`))
  const deeperNames = deeper.map((other) => other.slice(folder.length + 1))

  return [
    // A path for starting a process is text; only code would come along with a plain import.
    ...deeperNames.map((name) => ({ regex: `^\\./${escape(name)}/(?!.*\\?modulePath$)`, message })),
    { regex: `^(?:\\.\\./)+${openParts.join('')}(?:${alternatives(unreachable)})(?:/|$)`, message },
    ...(forTypes.length > 0
      ? [{ regex: `^(?:\\.\\./)+(?:${alternatives(forTypes)})/`, message, allowTypeImports: true }]
      : []),
    row.code.includes('*')
      ? { regex: `^(?:${alternatives(reservedPackages)})(?:/|$)`, message }
      : { regex: `^(?!${allowedPackages.join('|')})`, message },
  ]
}

/** @param {readonly { regex: string, message: string, allowTypeImports?: boolean }[]} patterns */
const restrict = (patterns) => ({
  '@typescript-eslint/no-restricted-imports': /** @type {['error', unknown]} */ (['error', { patterns }]),
})

const perLayer = Object.keys(layers).map((folder) => ({
  files: [`${folder}/**/*.{ts,vue}`],
  ignores: [
    '**/*.test.ts',
    ...Object.keys(layers)
      .filter((other) => other.startsWith(`${folder}/`))
      .map((other) => `${other}/**`),
  ],
  rules: restrict(forbiddenImports(folder)),
}))

const perStage = engineStages.map((stage, place) => ({
  files: [`src/engine/${stage}/**/*.ts`],
  ignores: ['**/*.test.ts'],
  rules: restrict([
    ...forbiddenImports('src/engine'),
    {
      regex: `^(?:\\.\\./)+(?:${alternatives([...engineStages.slice(place + 1), 'analyze.ts', 'index.ts'])})(?:/|$)`,
      message: `${stage} comes earlier in the pipeline than what it imports here`,
    },
  ]),
}))

const forbiddenSyntax = [
  {
    selector: 'TSEnumDeclaration',
    message: 'A union of literals, or a const object, needs no run-time enum.',
  },
  { selector: 'ExportDefaultDeclaration', message: 'A named export is found by its one name everywhere.' },
]
const keyedCollection = {
  selector: 'NewExpression[callee.name=/^(Weak)?(Map|Set)$/]',
  message: 'Crafted packets can slow V8 collections down: use the seeded tables of src/engine/net.',
}

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'coverage/', 'test-results/', 'playwright-report/']),
  js.configs.recommended,
  vue.configs['flat/recommended'],
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      // vue-tsc knows every name of every runtime; ESLint would need a list.
      'no-undef': 'off',
      // Counters, lengths and flags are printed as they are.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `bytes[offset]!` after one bounds check is how hot code reads; a second check costs time and says nothing.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Readers loop until the capture ends, and say so.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-constant-condition': ['error', { checkLoops: false }],
      // `() => listener(x)` is clearer than braces around a call that returns nothing.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-syntax': ['error', ...forbiddenSyntax],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
    },
  },
  {
    rules: {
      // Past 250 lines look for the second idea. A table of registered numbers is one idea however long: `*.data.ts`.
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.data.ts'], rules: { 'max-lines': 'off' } },
  ...perLayer,
  ...perStage,
  {
    files: hotStages.map((stage) => `src/engine/${stage}/**/*.ts`),
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...forbiddenSyntax, keyedCollection] },
  },
  {
    files: TESTS,
    rules: {
      // A test hands over broken values on purpose.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  { files: CONFIG_FILES, rules: { 'no-restricted-syntax': 'off' } },
  prettier,
)

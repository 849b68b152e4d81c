/**
 * Who may import whom. `eslint.config.js` reads this table to complain in the editor, `test/architecture.test.ts`
 * to prove that nothing got past; ARCHITECTURE.md says why each row is as it is.
 */

/**
 * @typedef {object} Layer
 * @property {readonly string[]} code Folders, files (by the start of their path) and packages it may import and run.
 *   `node:` stands for every Node module, `*` for every package that is not reserved for another layer.
 * @property {readonly string[]} types Folders of which it may import types, which leave nothing in the bundle.
 */

/** The one folder a deeper row overrules is its parent: `src/main/analyzer-process` is not `src/main`. */
export const layers = /** @type {Readonly<Record<string, Layer>>} */ ({
  'src/engine': { code: [], types: [] },
  'src/contract': { code: [], types: ['src/engine'] },
  // package.json for the version, which bundlers write into the code.
  'src/node': {
    code: ['src/engine', 'src/contract', 'src/report', 'node:', '*', './package.json'],
    types: [],
  },
  // `nta serve` starts the browser's host.
  'src/cli': { code: ['src/node', 'src/contract', 'src/web', 'node:'], types: ['src/engine'] },
  'src/web': { code: ['src/node', 'src/contract', 'node:'], types: [] },
  'src/main/analyzer-process': { code: ['src/node', 'src/contract'], types: [] },
  // Of src/node only what reads no capture, so that no parsing can land on Electron's main thread: settings, lists,
  // the log, and the host's side of the analyzer process.
  'src/main': {
    code: [
      'src/contract',
      'src/node/settings',
      'src/node/saving',
      'src/node/host',
      'src/node/analyzer/client',
      'src/node/analyzer/exit',
      'src/node/analyzer/stopped',
      'electron',
      'node:',
    ],
    types: [],
  },
  'src/preload': { code: ['src/contract', 'electron'], types: [] },
  'src/renderer': {
    code: [
      'src/contract',
      'vue',
      'chart.js',
      'vue-chartjs',
      'chartjs-plugin-zoom',
      'chartjs-plugin-annotation',
      'chartjs-chart-matrix',
      'chartjs-chart-sankey',
      'chartjs-chart-treemap',
      'reka-ui',
      '@lucide/vue',
    ],
    types: ['src/engine'],
  },
  // A saved page: text made anywhere, so libraries that touch neither Node nor the page they run in.
  'src/report': { code: ['d3-hierarchy', 'd3-scale', '@noble/hashes'], types: ['src/engine'] },
})

/** What every layer that may import of the engine at all may import: the analysis, and the types of its result. */
export const engineEntries = /** @type {const} */ ([
  'src/engine/index.ts',
  'src/engine/summarize/capture-summary.ts',
])

/** Files, by the start of their path, that work on what is inside the engine, and the folders of it that they see. */
export const engineInsiders = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  // They bring bytes to readers and tell them of oddities and endings.
  'src/node/capture': ['capture'],
  'src/node/decompress': ['capture'],
  // Tables leave for another thread or a file, and come back.
  'src/node/parallel': ['aggregate', 'capture', 'part'],
  'src/node/parts': ['aggregate', 'capture', 'part'],
  // Columns of millions of rows come straight from the records, without an object a row.
  'src/node/rows': ['aggregate', 'decode', 'net', 'summarize'],
})

/** The stages of `src/engine` in the order data takes. Each may import those before it and `net`, never those after. */
export const engineStages = /** @type {const} */ ([
  'part',
  'net',
  'capture',
  'decode',
  'aggregate',
  'detect',
  'anomaly',
  'summarize',
])

/** Stages that handle every packet, and the one that judges what they kept: nothing here may be keyed by packet data in a `Map` or a `Set`. */
export const hotStages = /** @type {const} */ (['capture', 'decode', 'aggregate', 'detect'])

/** Packages with a layer of their own, which `*` does not cover. */
export const reservedPackages = /** @type {const} */ (['electron', 'vue', 'chart.js', 'vue-chartjs'])

/** Names that say nothing about what is inside. */
export const emptyNames = /** @type {const} */ ([
  'utils',
  'util',
  'helpers',
  'helper',
  'types',
  'misc',
  'common',
])

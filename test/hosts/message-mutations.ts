/** Messages no page of ours would send: a good input of each method, changed somewhere in ways that have fooled other programs. */

import { emptyFilter, type MethodName } from '../../src/contract/index.ts'
import { PAYLOADS } from '../hostile/payloads.data.ts'
import type { Random } from '../traffic/index.ts'

/** Ids of a running host, so that messages get past the first look-up. */
export interface KnownIds {
  readonly analysisId: string
  readonly captureId: string
  readonly findingId: string
}

/** A good input of every method. A method added to the contract is missing here until it gets one. */
export function goodInputs({
  analysisId,
  captureId,
  findingId,
}: KnownIds): Readonly<Record<MethodName, unknown>> {
  const view = {
    table: 'conversations',
    filter: emptyFilter,
    columns: [
      { kind: 'contains', column: 'protocol', text: 'tcp' },
      { kind: 'between', column: 'byteCount', min: 1, max: null },
    ],
    sort: { column: 'byteCount', direction: 'descending' },
  }
  const filter = {
    time: { startSeconds: 0, endSeconds: 9 },
    chips: [{ field: 'address', mode: 'include', values: ['10.0.0.0/8', '::1'] }],
    text: '10.',
  }
  return {
    hello: {},
    hostEvents: {},
    about: {},
    chooseCaptures: {},
    listFolder: { folderId: null },
    recentCaptures: {},
    forgetRecent: { id: 'none' },
    samples: {},
    openCaptures: { ids: [captureId], inNewWindow: false },
    closeAnalysis: { analysisId: 'another' },
    analyze: { analysisId: 'another' },
    rows: { analysisId, view, offset: 0, limit: 10 },
    timeline: { analysisId, range: null, bucketCountMax: 100, isSplit: true, filter },
    matrix: { analysisId, filter, addressCountMax: 10 },
    evidence: { analysisId, findingId },
    rules: {},
    whatIf: {
      analysisId,
      thresholds: { 'vertical-scan': { portCountMin: 5 } },
      curve: { rule: 'vertical-scan', threshold: 'portCountMin', values: [1, 2, 3] },
    },
    save: { kind: 'csv', analysisId, view },
    showSaved: { path: '/tmp/none' },
    findingNotes: { captureKey: 'key' },
    setFindingNote: { captureKey: 'key', findingId, isAcknowledged: true, note: 'seen' },
    settings: {},
    setSettings: {
      change: {
        allowList: [{ address: '10.0.0.0/8', target: '', port: 22, rules: [], note: 'ours' }],
        theme: 'dark',
      },
    },
    resetSettings: {},
    openLog: {},
  }
}

const ODD_NUMBERS = [
  0,
  -0,
  -1,
  1,
  0.5,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 63),
  499,
  500,
  501,
  65_536,
]
const ODD_TEXTS = [
  ...PAYLOADS,
  '',
  ' ',
  'a'.repeat(201),
  'a'.repeat(5_000),
  '0',
  '10.0.0.0/0',
  '10.0.0.0/33',
  '::/129',
  '1-0',
  '-',
]
const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  'kind',
  '',
  '0',
  'then',
]

/** A good input with one to three changes anywhere in it, as JSON text: some are still good, most are not. */
export function changedMessage(random: Random, good: unknown): string {
  if (random.chance(0.02))
    return random.pick(['', 'null', '[]', '"x"', '{', '{"a":', '1e999', '[[[[[]]]]]', '\u0000', 'undefined'])
  let text = JSON.stringify(good)
  const changeCount = random.between(1, 3)
  for (let i = 0; i < changeCount; i++) text = changedOnce(random, JSON.parse(text) as unknown)
  return text
}

function changedOnce(random: Random, root: unknown): string {
  const places: { readonly holder: Record<string, unknown>; readonly name: string }[] = []
  const visit = (holder: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(holder)) {
      places.push({ holder, name })
      if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>)
    }
  }
  const box = { root }
  visit(box)
  const { holder, name } = random.pick(places)
  // A list keeps its length for itself.
  const oddName = random.pick(Array.isArray(holder) ? ['0', 'then'] : ODD_NAMES)
  switch (random.between(0, 6)) {
    case 0:
      Reflect.deleteProperty(holder, name)
      break
    case 1:
      Object.defineProperty(holder, oddName, {
        value: oddValue(random),
        enumerable: true,
        configurable: true,
        writable: true,
      })
      break
    case 2:
      holder[name] = [holder[name], holder[name]]
      break
    default:
      holder[name] = oddValue(random)
  }
  return JSON.stringify(box.root ?? null)
}

function oddValue(random: Random): unknown {
  switch (random.between(0, 6)) {
    case 0:
      return random.pick(ODD_NUMBERS)
    case 1:
    case 2:
      return random.pick(ODD_TEXTS)
    case 3:
      return random.pick([null, true, false, [], {}])
    case 4:
      return Array.from({ length: random.between(0, 300) }, () => random.pick(ODD_TEXTS))
    case 5:
      return { [random.pick(ODD_NAMES)]: random.pick(ODD_NUMBERS) }
    default:
      return nested(random.between(1, 400))
  }
}

/** A list in a list in a list … */
function nested(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = [value]
  return value
}

/** A value as JSON (RFC 8259) in pieces, for values whose text is longer than the longest of the runtime. */

/** Characters joined before they are handed out: each piece costs a call of the system. */
const PIECE_LENGTH = 65_536
/** Objects inside each other that are written field by field; what lies deeper is short, and so is a row of a list. */
const OBJECT_DEPTH = 4

/**
 * What `JSON.stringify(value)` gives. Lists are written row by row, and are arrays or anything else that can be iterated, such
 * as a generator of rows.
 */
export function* jsonPieces(value: unknown): Generator<string, void, undefined> {
  let piece = ''
  for (const token of tokens(value, 0)) {
    piece += token
    if (piece.length < PIECE_LENGTH) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

function* tokens(value: unknown, depth: number): Generator<string, void, undefined> {
  if (isObject(value) && Symbol.iterator in value) yield* rowTokens(value as Iterable<unknown>)
  else if (isObject(value) && depth < OBJECT_DEPTH) yield* fieldTokens(value, depth)
  else yield textOf(value)
}

function* rowTokens(rows: Iterable<unknown>): Generator<string, void, undefined> {
  let before = '['
  for (const row of rows) {
    yield before + textOf(row)
    before = ','
  }
  yield before === '[' ? '[]' : ']'
}

function* fieldTokens(fields: object, depth: number): Generator<string, void, undefined> {
  let before = '{'
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    yield `${before}${JSON.stringify(name)}:`
    before = ','
    yield* tokens(value, depth + 1)
  }
  yield before === '{' ? '{}' : '}'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** As in a list, where nothing is null. */
function textOf(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value)
}

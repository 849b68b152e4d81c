/** Memory that the worker writes and its parent reads: how far the worker is, and the inputs of the session it is in. */

const LOG_BYTES = 16 << 20
const HEAD_WORDS = 4
const EXECUTIONS = 0
const INPUT_COUNT = 1
const USED = 2

export class SharedLog {
  readonly buffer: SharedArrayBuffer
  readonly #words: Int32Array
  readonly #bytes: Uint8Array

  constructor(buffer = new SharedArrayBuffer(LOG_BYTES)) {
    this.buffer = buffer
    this.#words = new Int32Array(buffer, 0, HEAD_WORDS)
    this.#bytes = new Uint8Array(buffer, HEAD_WORDS * 4)
  }

  /** Changes with every input; wraps at 2^32. */
  get mark(): number {
    return Atomics.load(this.#words, EXECUTIONS)
  }

  write(input: Uint8Array, isFirst: boolean): void {
    if (isFirst) this.#words[INPUT_COUNT] = this.#words[USED] = 0
    const used = this.#words[USED]!
    new DataView(this.buffer, HEAD_WORDS * 4).setUint32(used, input.length, true)
    this.#bytes.set(input, used + 4)
    this.#words[USED] = used + 4 + input.length
    this.#words[INPUT_COUNT]! += 1
    Atomics.add(this.#words, EXECUTIONS, 1)
  }

  /** The inputs of the session as one file: each behind its length. */
  session(): Uint8Array {
    return this.#bytes.slice(0, this.#words[USED])
  }
}

/** Inputs of a session file. */
export function readSession(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const inputs: Uint8Array[] = []
  for (let at = 0; at + 4 <= file.length;) {
    const length = view.getUint32(at, true)
    inputs.push(file.slice(at + 4, at + 4 + length))
    at += 4 + length
  }
  return inputs
}

export function writeSession(inputs: readonly Uint8Array[]): Uint8Array {
  const log = new SharedLog()
  inputs.forEach((input, i) => {
    log.write(input, i === 0)
  })
  return log.session()
}

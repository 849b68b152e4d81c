/**
 * The hash thread of capture-file-hash.ts, as source text: so it needs no file of its own beside a bundle.
 *
 * `workerData` holds `descriptor`, `control` (a BigInt64Array: bytes that may be read, bytes hashed, and then 1 when the
 * first is final; state: 0 running, 1 done, 2 failed) and `digest` (32 bytes). A message is sent when it is done or failed.
 */

export const HASH_WORKER_SOURCE = `
'use strict'
const { createHash } = require('node:crypto')
const { readSync } = require('node:fs')
const { parentPort, workerData } = require('node:worker_threads')
const { descriptor, control, digest } = workerData
const AVAILABLE = 0, HASHED = 1, IS_FINAL = 2, STATE = 3
const DONE = 1n, FAILED = 2n
const block = new Uint8Array(262144)
const hash = createHash('sha256')

function leave(state) {
  Atomics.store(control, STATE, state)
  Atomics.notify(control, STATE)
  Atomics.notify(control, HASHED)
  parentPort.postMessage(null)
}

try {
  let hashed = 0
  for (;;) {
    const isFinal = Atomics.load(control, IS_FINAL) === 1n
    const available = Number(Atomics.load(control, AVAILABLE))
    if (hashed === available) {
      if (isFinal) break
      Atomics.wait(control, AVAILABLE, BigInt(available))
      continue
    }
    const count = readSync(descriptor, block, 0, Math.min(block.length, available - hashed), hashed)
    if (count === 0) throw new Error('the file became shorter')
    hash.update(count === block.length ? block : block.subarray(0, count))
    hashed += count
    Atomics.store(control, HASHED, BigInt(hashed))
    Atomics.notify(control, HASHED)
  }
  digest.set(hash.digest())
  leave(DONE)
} catch {
  leave(FAILED)
}
`

/** What a fuzz target throws when a promise was broken, and the checks that throw it. */

export class Violation extends Error {}

/** `what` is made into text only when it is needed. */
export function promise(holds: boolean, what: string | (() => string)): asserts holds {
  if (!holds) throw new Violation(typeof what === 'string' ? what : what())
}

/** Are the numbers the same? Written apart because it runs for every frame. */
export function promiseEqual(found: number, expected: number, what: string): void {
  if (found !== expected) throw new Violation(`${what}: ${String(found)}, expected ${String(expected)}`)
}

/** FNV-1a of some bytes: what a target derives its own choices from, so that an input alone repeats a run. */
export function fingerprint(bytes: Uint8Array, seed = 0x811c9dc5): number {
  let hash = seed | 0
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  return hash >>> 0
}

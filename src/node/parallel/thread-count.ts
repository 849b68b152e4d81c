/** How many threads count a capture. The figures behind the sizes stand in bench/README.md. */

/** Below it, starting threads and compiling the same code in each takes as long as they save. */
const SEVERAL_FROM_BYTES = 1024 * 1_048_576
/**
 * From here two threads save a third of the time on an idle machine, and lose a sixth on a busy one. Lower would gain less
 * than it can lose, higher would let people wait who look at a window.
 */
const CHOSEN_FROM_BYTES = 4_000_000_000
/** One thread reads and merges, two count, and another one hashes: each has a core. */
const CHOSEN_CORES_MIN = 4

/** `chosen`: as many as pay for a capture of its size on this machine. */
export type ThreadChoice = number | 'chosen'

/**
 * 1 or more; 1 is this thread alone. `byteCount` is that of the plain capture, `severalFromBytes` the size from which
 * several are started when they are asked for.
 */
export function threadCountFor(
  choice: ThreadChoice,
  byteCount: number,
  coreCount: number,
  severalFromBytes = coreCount > 1 ? SEVERAL_FROM_BYTES : Infinity,
): number {
  if (choice === 'chosen') return byteCount >= CHOSEN_FROM_BYTES && coreCount >= CHOSEN_CORES_MIN ? 2 : 1
  if (choice < 2 || byteCount < severalFromBytes) return 1
  // Two of the cores read and hash. One thread that counts would gain nothing.
  return Math.min(choice, Math.max(2, coreCount - 2))
}

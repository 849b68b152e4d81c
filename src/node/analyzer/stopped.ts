/** Asks the system whether a process is stopped: proc(5), field `state`. */

import { readFileSync } from 'node:fs'

/** True while the process is stopped by a signal or a debugger. Linux only; false elsewhere. */
export function isStoppedBySystem(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command's name stands in parentheses and may hold anything, parentheses too.
    const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
    return state === 'T' || state === 't'
  } catch {
    return false
  }
}

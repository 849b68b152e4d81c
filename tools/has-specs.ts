/** Whether there is anything to test end to end. */

import { existsSync, readdirSync } from 'node:fs'

/** Only a folder without a single spec is excused from running; specs that find nothing to do are not. */
export function hasSpecs(folder = 'e2e'): boolean {
  if (!existsSync(folder)) return false
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => name.endsWith('.spec.ts'))
}

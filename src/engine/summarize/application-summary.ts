/** Temporary stand-in, not committed: the application helper replaces this file. */
import type { ApplicationActivity } from '../aggregate/application/application-activity.ts'
import type { ApplicationSummary } from './capture-summary.ts'
export function applicationSummary(_a: ApplicationActivity): ApplicationSummary {
  return {}
}

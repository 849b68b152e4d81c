/** The rules, run over what was counted. */

import { NO_DETECTION, type Detection, type RuleSettings } from '../engine/index.ts'
import type { Aggregates } from '../engine/aggregate/aggregates.ts'
import type { CaptureInterface } from '../engine/capture/capture-interface.ts'

export function detectFindings(
  _aggregates: Aggregates,
  _interfaces: readonly CaptureInterface[],
  _settings: RuleSettings | undefined,
): Detection {
  return NO_DETECTION
}

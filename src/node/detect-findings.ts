/** The rules, run over what was counted so far. */

import {
  DEFAULT_RULE_SETTINGS,
  detect,
  droppedPacketCount,
  gatherEvidence,
  type Analysis,
  type Detection,
  type RuleSettings,
} from '../engine/index.ts'

/** A pure function of the analysis and the settings: calling it twice gives the same. */
export function detectFindings(
  analysis: Analysis,
  settings: RuleSettings = DEFAULT_RULE_SETTINGS,
): Detection {
  const dropped = droppedPacketCount(analysis.reader.interfaces)
  return detect(gatherEvidence(analysis.aggregates, dropped), settings)
}

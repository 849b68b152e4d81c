/**
 * What the engine is for those who only want a capture analysed. Besides it, everyone may import the types of the result from
 * `summarize/capture-summary.ts`; which files reach for more, and why, is `engineInsiders` in `tools/layers.js`.
 */

export type { AggregateLimits, Aggregates } from './aggregate/aggregates.ts'
export { Analysis, type AnalysisOptions } from './analyze.ts'
export { NOTHING_READ_ENDINGS, type CaptureEnding, type CaptureEndingKind } from './capture/capture-ending.ts'
export { MERGED_CAPTURE_COUNT_MAX, MergedReader } from './capture/merge-captures.ts'
export type { EndedCapture } from './capture/merged-ending.ts'
export type { CaptureReader } from './capture/capture-reader.ts'
export { OpenReader } from './capture/open-reader.ts'
export { detect } from './detect/detect.ts'
export { NO_DETECTION, type Detection } from './detect/detection.ts'
export { gatherEvidence } from './detect/gather-evidence.ts'
export { readRuleSettings, DEFAULT_RULE_SETTINGS, type RuleSettings } from './detect/rule-settings.ts'
export { RandomWalk } from './detect/sequential-test.ts'
export { RULE_IDS, RULES } from './detect/rules.ts'
export type { HashSecret } from './net/key-hash.ts'
export type * from './summarize/capture-summary.ts'
export { eachConversationRow } from './summarize/conversation-rows.ts'
export { eachEndpointRow, endpointRows } from './summarize/endpoint-rows.ts'
export {
  droppedPacketCount,
  summarize,
  withCountersNow,
  type CaptureFacts,
  type SummaryOptions,
} from './summarize/summarize.ts'

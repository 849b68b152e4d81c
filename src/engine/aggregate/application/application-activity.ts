/** Temporary stand-in, not committed: the application helper replaces this file. */
import type { KeyHash } from '../../net/key-hash.ts'
import type { DecodeIssueCounts } from '../../decode/decode-issue.ts'
import type { FlowBatch } from '../../decode/flow-batch.ts'
export class ApplicationActivity {
  refusedNameCount = 0
  constructor(_h: KeyHash, _i: DecodeIssueCounts) {}
  observe(_f: FlowBatch, _r: number, _a: number, _b: Uint8Array, _s: number, _n: number, _fr: number): void {}
  merge(
    _later: ApplicationActivity,
    _frameOffset: number,
    _addressOf: (version: number, address: number) => number,
  ): void {}
}

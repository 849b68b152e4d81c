/** What must not change a verdict: when it happened, who they were, how the tables were hashed, how the capture was cut. */

import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { detect } from '../../src/engine/detect/detect.ts'
import type { Detection } from '../../src/engine/detect/detection.ts'
import { gatherEvidence } from '../../src/engine/detect/gather-evidence.ts'
import { later, pcap, type Frame } from '../traffic/index.ts'
import { capturesFolder } from '../accuracy/ground-truth.ts'
import { analyzeBytes, captureBytes, detectBytes } from '../accuracy/analyze-file.ts'
import { mixedFrames } from './mixed-capture.ts'

/** All that a verdict says but when: times of the day are left out. */
function verdicts(detection: Detection): string {
  const isTime = (key: string): boolean => key === 'firstTimestamp' || key === 'lastTimestamp'
  return JSON.stringify(detection, (key, value: unknown) => (isTime(key) ? undefined : value))
}

const frames = mixedFrames()
const whole = detectBytes(pcap(frames)).detection

describe('a verdict', () => {
  it('is made at all', () => {
    expect(whole.scanners.map(({ address }) => address).sort()).toEqual([
      '192.0.2.66',
      '192.0.2.77',
      '198.51.100.9',
    ])
    expect(whole.dismissed.length).toBeGreaterThan(0)
  })

  it('does not depend on the secret of the hash tables', () => {
    for (const seed of [7, 1234, 0x7fff_ffff]) {
      expect(detectBytes(pcap(frames), undefined, [seed, seed * 3, ~seed, 11]).detection).toEqual(whole)
    }
  })

  it('does not depend on when it happened', () => {
    const shifted: Frame[] = frames.map(({ time, ...frame }) => ({
      ...frame,
      time: later({ ...time, seconds: time.seconds + 86_400 * 900 }, 0),
    }))
    expect(verdicts(detectBytes(pcap(shifted)).detection)).toEqual(verdicts(whole))
  })

  it('does not depend on who they are', () => {
    const permuted = detectBytes(pcap(mixedFrames((last) => 255 - last))).detection
    const rules = (detection: Detection) =>
      detection.findings
        .map(({ rule, technique, severity, confidence, firstFrame, firedFrame, outcomes, targets }) =>
          JSON.stringify({
            rule,
            technique,
            severity,
            confidence,
            firstFrame,
            firedFrame,
            outcomes,
            ports: targets.ports,
            count: targets.addressCount,
          }),
        )
        .sort()
    expect(rules(permuted)).toEqual(rules(whole))
    expect(permuted.dismissed.map(({ reason }) => reason).sort()).toEqual(
      whole.dismissed.map(({ reason }) => reason).sort(),
    )
  })

  it.each([0.01, 0.3, 0.5, 0.77])(
    'does not depend on where the capture was cut and merged again (at %d)',
    (share) => {
      const at = Math.floor(frames.length * share)
      const first = analyzeBytes(pcap(frames.slice(0, at))).aggregates
      first.merge(analyzeBytes(pcap(frames.slice(at))).aggregates)
      expect(detect(gatherEvidence(first, null))).toEqual(whole)
    },
  )
})

const scan = `${capturesFolder}/files/self/pcap/nmap_syn_top1000_100pps.pcap`
describe.skipIf(!existsSync(scan))('a real capture', () => {
  it('gives the same findings however it is hashed', () => {
    const bytes = captureBytes(scan)
    expect(detectBytes(bytes, undefined, [9, 8, 7, 6]).detection).toEqual(detectBytes(bytes).detection)
  })
})

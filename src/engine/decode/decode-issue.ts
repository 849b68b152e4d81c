/** Every oddity a decoder can meet, by name; counted, never thrown. */

import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

/** Parts hold the numbers, and are read only where the list is the same. `none` is 0. */
export const DECODE_ISSUE_NAMES = [
  'none',
  'unknown-link-type',
  'truncated-link-header',
  'truncated-network-header',
  'truncated-transport-header',
  'truncated-tunnel-header',
  'truncated-application',
  'bad-ip-version',
  'bad-ip-header-length',
  'bad-ip-total-length',
  'ip-total-length-zero',
  'bad-ip-option',
  'bad-ipv6-payload-length',
  'bad-extension-header',
  'too-many-extension-headers',
  'tiny-first-fragment',
  'bad-tcp-header-length',
  'bad-tcp-option',
  'bad-udp-length',
  'bad-sctp-chunk',
  'bad-icmp-quote',
  'bad-arp',
  'bad-gre-header',
  'bad-mpls-stack',
  'bad-pppoe-length',
  'bad-radiotap-header',
  'bad-wlan-header',
  'too-many-layers',
  'dns-bad-name',
  'dns-pointer-loop',
  'dns-name-too-long',
  'dns-too-many-names',
  'bad-dns-message',
  'bad-http-header',
  'http-header-too-long',
  'bad-tls-handshake',
  'bad-dhcp-option',
  'encrypted-wlan-frame',
  'bad-vxlan-header',
  'bad-geneve-header',
  'bad-gtp-header',
  'bad-l2tp-header',
  'bad-teredo-header',
  'bad-igmp',
  'bad-nd-option',
  'ethernet-length-mismatch',
  'address-table-full',
  'bad-dccp-header-length',
  'bad-erspan-header',
  'bad-capwap-header',
] as const

export type DecodeIssueName = (typeof DECODE_ISSUE_NAMES)[number]

export const DecodeIssue = Object.freeze(
  Object.fromEntries(DECODE_ISSUE_NAMES.map((name, index) => [name, index])),
) as Readonly<Record<DecodeIssueName, number>>

/** Counts by issue, and the first frame each was met in. Mergeable: sums, and the smaller frame number. */
export class DecodeIssueCounts {
  readonly count = new Float64Array(DECODE_ISSUE_NAMES.length)
  /** 1-based frame number, 0 where the issue was never met. */
  readonly firstFrame = new Float64Array(DECODE_ISSUE_NAMES.length)

  add(issue: number, frameNumber: number): void {
    // What a message in pieces shows is known later than what came after its first piece.
    if (this.count[issue]! === 0 || frameNumber < this.firstFrame[issue]!) {
      this.firstFrame[issue] = frameNumber
    }
    this.count[issue] = this.count[issue]! + 1
  }

  writePart(part: PartWriter): void {
    part.add('count', this.count)
    part.add('firstFrame', this.firstFrame)
  }

  /** Throws PartError. */
  readPart(part: PartReader): void {
    this.count.set(part.numbers('count', this.count.length))
    this.firstFrame.set(part.numbers('firstFrame', this.firstFrame.length))
  }

  /** Add what another part of the same capture counted; its frames come `frameOffset` after ours. */
  merge(later: DecodeIssueCounts, frameOffset: number): void {
    for (let issue = 0; issue < this.count.length; issue++) {
      if (later.count[issue]! === 0) continue
      if (this.count[issue]! === 0) this.firstFrame[issue] = later.firstFrame[issue]! + frameOffset
      this.count[issue] = this.count[issue]! + later.count[issue]!
    }
  }
}

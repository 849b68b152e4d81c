/** One capture in every container, link type and encapsulation that can be decoded: always the same conversations. */

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { CaptureSummary, ConversationRow } from '../../src/engine/index.ts'
import { SHARED } from './shared-captures.ts'
import { summaryOf } from './whole-analysis.ts'

const FOLDER = `${SHARED}/files/self/variants`
const hasVariants = existsSync(FOLDER)
const variants = hasVariants ? readdirSync(FOLDER).sort() : []

/** Nothing to decode: no packets, or a link type for private use. */
const UNDECODED = ['c_ng_empty.pcapng', 'l_unknown_147_user0.pcap']
/** Its last record is cut, and so the last packet of one conversation is missing. */
const CUT = ['c_pcap_truncated_tail.pcap', 'c_ng_truncated_tail.pcapng']
/** Records are swapped, so that an answer can come before its question: who originated is another. */
const SWAPPED = ['c_pcap_out_of_order.pcap']

function summaryAt(path: string): CaptureSummary {
  const bytes = readFileSync(path)
  return summaryOf(path.endsWith('.gz') ? gunzipSync(bytes) : bytes)
}

const endText = ({ address, port }: ConversationRow['originator']): string => `${address}:${String(port)}`

/** Packets each way of each conversation, in one order. Bytes differ with the encapsulation. */
function conversationsOf({ conversations }: CaptureSummary, isDirected: boolean): string[] {
  const hasInner = conversations.some(({ tunnel }) => tunnel !== null)
  return conversations
    .filter(({ tunnel }) => !hasInner || tunnel !== null)
    .map((row) => {
      const ends = [
        `${endText(row.originator)} ${String(row.originatorPacketCount)}`,
        `${endText(row.responder)} ${String(row.responderPacketCount)}`,
      ]
      return [row.protocol, ...(isDirected ? ends : ends.sort()), row.application ?? ''].join(' ')
    })
    .sort()
}

describe.skipIf(!hasVariants)('variants (skipped where the shared captures are absent)', () => {
  it.each(variants.filter((name) => !UNDECODED.includes(name)))(
    '%s has the conversations of its base',
    (name) => {
      const base = name === 'e_6in4.pcap' ? 'nmap_ipv6_syn_top500' : 'fmt_base'
      const isDirected = !SWAPPED.includes(name)
      const whole = summaryAt(`${SHARED}/files/self/pcap/${base}.pcap`)
      // Only what IPv6 carries was put into 6in4.
      const conversations = whole.conversations.filter(
        ({ originator }) => name !== 'e_6in4.pcap' || originator.address.includes(':'),
      )
      const expected = conversationsOf({ ...whole, conversations }, isDirected)
      const found = conversationsOf(summaryAt(`${FOLDER}/${name}`), isDirected)
      if (CUT.includes(name)) {
        expect(found).toHaveLength(expected.length)
        expect(found.filter((row) => !expected.includes(row))).toHaveLength(1)
      } else expect(found).toEqual(expected)
    },
  )

  it.each(UNDECODED.filter((name) => variants.includes(name)))(
    '%s is counted and has no conversations',
    (name) => {
      const { capture, conversations } = summaryAt(`${FOLDER}/${name}`)
      expect(conversations).toEqual([])
      expect(capture.packetCount).toBe(name.startsWith('l_') ? 432 : 0)
    },
  )
})

import { expect, it } from 'vitest'
import { summaryOf } from '../../../test/captures/whole-analysis.ts'
import { packetFrame, pcap, tcp, tcpConversation, text, type Frame } from '../../../test/traffic/index.ts'

const ends = { originator: '10.0.0.1', responder: '10.0.0.2', responderPort: 80 }
const shareOf = (frames: readonly Frame[]) => summaryOf(pcap(frames)).capture.quality.oneWayShare
const bare = (flags: string, destinationPort: number, isBack = false): Frame =>
  packetFrame(
    isBack ? '10.0.0.2' : '10.0.0.1',
    isBack ? '10.0.0.1' : '10.0.0.2',
    tcp({ sourcePort: 40_000, destinationPort, flags }),
  )
const ACK = 'A'
const SYN_ACK = 'SA'

it('is one-way where an answer is proven and not shown', () => {
  const whole = tcpConversation(ends).handshake().send(text('hello')).reply(text('hi')).close().frames
  expect(shareOf(whole)).toBe(0)
  const [syn, , ...rest] = whole
  const fromOriginator = [syn!, ...rest].filter(({ bytes }) => bytes[29] === 1)
  expect(shareOf(fromOriginator)).toBe(1)
})

it('takes neither bare acknowledgments nor SYN+ACKs alone for half a conversation', () => {
  expect(shareOf([bare(ACK, 80), bare(ACK, 81), bare(ACK, 82)])).toBe(null)
  expect(shareOf([bare(SYN_ACK, 5000, true), bare(SYN_ACK, 5001, true)])).toBe(null)
})

it('says of conversations whose flags are cut off that nobody knows how they began', () => {
  const whole = tcpConversation(ends).handshake().send(text('hello')).close().frames
  const cutAt = (length: number) =>
    summaryOf(
      pcap(
        whole.map(({ time, bytes }) => ({
          time,
          bytes: bytes.subarray(0, length),
          originalLength: bytes.length,
        })),
      ),
    ).capture.quality
  expect(cutAt(42)).toMatchObject({
    midstreamConversationCount: 0,
    tcpConversationCount: 1,
    oneWayShare: null,
  })
  expect(cutAt(42).remarks).toContain(
    'Of 1 of 1 TCP conversations no flags were captured: who opened them, and whether they were answered, cannot be told.',
  )
  expect(cutAt(54).remarks.filter((remark) => remark.includes('flags'))).toEqual([])
  expect(summaryOf(pcap(whole.slice(3))).capture.quality.midstreamConversationCount).toBe(1)
})

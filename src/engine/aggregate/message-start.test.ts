import { describe, expect, it } from 'vitest'
import { text } from '../../../test/traffic/index.ts'
import { mayStartMessage } from './message-start.ts'

const may = (payload: Uint8Array, srcPort = 40_000, dstPort = 40_001): boolean =>
  mayStartMessage(payload, 0, payload.length, srcPort, dstPort)

describe('a first look at a payload', () => {
  it.each([
    'GET / HTTP/1.1',
    'HTTP/1.1 200 OK',
    'SSH-2.0-x',
    '220 ready',
    'USER anna',
    '\x16\x03\x01',
    'RFB 003.008',
  ])('lets %j through on any port', (payload) => {
    expect(may(text(payload))).toBe(true)
  })

  it('lets anything through on a port whose messages have no telling start, whichever side has it', () => {
    expect(may(Uint8Array.of(0, 1), 53, 40_000)).toBe(true)
    expect(may(Uint8Array.of(0, 1), 40_000, 53)).toBe(true)
  })

  it('stops bulk data and what is too short to tell', () => {
    expect(may(Uint8Array.of(0x17, 0x03, 0x03))).toBe(false)
    expect(may(Uint8Array.of(0xd5, 0x9a, 0x01))).toBe(false)
    expect(may(text('G'))).toBe(false)
  })

  it('looks at its own bytes only', () => {
    expect(mayStartMessage(text('xxGET /'), 2, 5, 40_000, 40_001)).toBe(true)
    expect(mayStartMessage(text('GET /xx'), 5, 2, 40_000, 40_001)).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises, newPacket } from '../../../../test/decoding.ts'
import {
  bytes,
  concat,
  ipv4,
  ipv6,
  neighborAdvertisement,
  neighborSolicitation,
  patched,
} from '../../../../test/traffic/index.ts'
import { FlowRole } from '../flow-batch.ts'

const SOLICITATION = bytes(`
  87 00 0000 0000 0000  neighbour solicitation
  fe80 0000 0000 0000 0000 0000 0000 0002  target
  01 01 0211 2233 4455  source link-layer address
`)
const row = { ipVersion: 6, ipProtocol: 58, timeToLive: 255 }

describe('readNeighborMessage', () => {
  itKeepsItsPromises('icmpv6', SOLICITATION, { row, looksFurther: true })

  it('tells who looks for whom', () => {
    expect(decodeOne('icmpv6', SOLICITATION, { row }).rows[1]).toMatchObject({
      role: FlowRole.neighbor,
      ipVersion: 6,
      src: '2001:db8::1',
      dst: 'fe80::2',
      icmpType: 135,
      timeToLive: 255,
      hardwareHigh: 0x0211,
      hardwareLow: 0x22334455,
    })
  })

  it('tells who answers, by the target option', () => {
    const answer = patched(patched(SOLICITATION, 0, [136]), 24, [2])
    expect(decodeOne('icmpv6', answer, { row }).rows[1]).toMatchObject({
      icmpType: 136,
      hardwareHigh: 0x0211,
    })
    const withoutOption = patched(SOLICITATION, 0, [136])
    expect(decodeOne('icmpv6', withoutOption, { row }).rows[1]).toMatchObject({
      hardwareHigh: 0,
      hardwareLow: 0,
    })
  })

  it('reads the messages in packets', () => {
    const question = ipv6(
      { source: 'fe80::1', destination: 'ff02::1:ff00:2' },
      neighborSolicitation('fe80::2'),
    )
    expect(decode(question.bytes, 229)).toMatchObject({
      path: 'ipv6:icmpv6',
      rows: [{ role: FlowRole.packet }, { src: 'fe80::1', dst: 'fe80::2', icmpType: 135 }],
      issues: [],
    })
    const answer = ipv6({ source: 'fe80::2', destination: 'fe80::1' }, neighborAdvertisement('fe80::2'))
    expect(decode(answer.bytes, 229).rows[1]).toMatchObject({ src: 'fe80::2', dst: 'fe80::2', icmpType: 136 })
  })

  it('has no source while an address is tested for duplicates', () => {
    const test = ipv6({ source: '::', destination: 'ff02::1:ff00:2' }, neighborSolicitation('fe80::2'))
    expect(decode(test.bytes, 229).rows[1]).toMatchObject({ src: '::', dst: 'fe80::2' })
  })

  it('finds its option behind others', () => {
    const message = concat(
      SOLICITATION.subarray(0, 24),
      bytes('0e01 0000 0000 0000'),
      SOLICITATION.subarray(24),
    )
    expect(decodeOne('icmpv6', message, { row }).rows[1]).toMatchObject({ hardwareLow: 0x22334455 })
  })

  it.each([
    ['of no length', [0]],
    ['longer than the message', [9]],
  ])('counts an option %s and keeps the row', (_, length) => {
    expect(decodeOne('icmpv6', patched(SOLICITATION, 25, length), { row })).toMatchObject({
      rows: [{}, { dst: 'fe80::2', hardwareLow: 0 }],
      issues: ['bad-nd-option'],
    })
  })

  it('gives no row without a whole target', () => {
    expect(decodeOne('icmpv6', SOLICITATION.subarray(0, 23), { row })).toMatchObject({
      rows: [{ icmpType: 135 }],
      issues: ['truncated-transport-header'],
    })
  })

  it('gives no row inside IPv4', () => {
    const packet = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 58 }, SOLICITATION)
    expect(decode(packet.bytes, 228).rows).toHaveLength(1)
  })

  it('says so when the address table is full', () => {
    const packet = ipv6({ source: 'fe80::1', destination: 'ff02::1' }, neighborSolicitation('fe80::2'))
    expect(decode(packet.bytes, 229, { packet: newPacket(2) })).toMatchObject({
      rows: [{ icmpType: 135 }],
      issues: ['address-table-full'],
    })
  })
})

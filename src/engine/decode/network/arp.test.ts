import { describe, expect, it } from 'vitest'
import { cuts, decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { arp, broadcastMac, bytes, ethernet, patched } from '../../../../test/traffic/index.ts'
import { FlowRole } from '../flow-batch.ts'

const REQUEST = bytes(`
  0001 0800 06 04  Ethernet, IPv4, their lengths
  0001             request
  0211 2233 4455   sender's hardware address
  0a00 0001        sender
  0000 0000 0000   target's hardware address
  0a00 0002        target
`)

describe('decodeArp', () => {
  itKeepsItsPromises('arp', REQUEST)

  it('tells who asks for whom', () => {
    expect(decodeOne('arp', REQUEST).rows).toMatchObject([
      {
        role: FlowRole.arp,
        ipVersion: 4,
        src: '10.0.0.1',
        dst: '10.0.0.2',
        icmpType: 1,
        hardwareHigh: 0x0211,
        hardwareLow: 0x22334455,
        path: 'arp',
      },
    ])
  })

  it('tells who answers', () => {
    const reply = ethernet(
      {},
      arp({
        operation: 2,
        senderMac: '02:ff:ff:ff:ff:ff',
        senderAddress: '10.0.0.2',
        targetAddress: '10.0.0.1',
      }),
    )
    expect(decode(reply)).toMatchObject({
      path: 'eth:arp',
      rows: [{ icmpType: 2, src: '10.0.0.2', hardwareLow: -1 }],
    })
  })

  it('asks through a padded broadcast as well', () => {
    const question = arp({ senderAddress: '0.0.0.0', targetAddress: '10.0.0.9' })
    const frame = ethernet({ destination: broadcastMac, paddedTo: 60 }, question)
    expect(decode(frame).rows).toMatchObject([{ src: '0.0.0.0', dst: '10.0.0.9' }])
  })

  it.each(cuts(REQUEST).map((cut) => [cut.length, cut]))('gives no row for %i bytes', (_, cut) => {
    expect(decodeOne('arp', cut)).toMatchObject({ rows: [], issues: ['truncated-network-header'] })
  })

  it.each([
    ['other hardware', [0x00, 0x06], 0],
    ['another protocol', [0x86, 0xdd], 2],
    ['reverse ARP', [0x00, 0x03], 6],
    ['inverse ARP', [0x00, 0x08], 6],
  ])('gives no row and counts nothing for %s', (_, value, at) => {
    expect(decodeOne('arp', patched(REQUEST, at, value))).toMatchObject({ rows: [], issues: [] })
  })

  it.each([
    ['a hardware address that is not six bytes', [8], 4],
    ['an IPv4 address that is not four', [6], 5],
    ['operation zero', [0, 0], 6],
  ])('counts %s', (_, value, at) => {
    expect(decodeOne('arp', patched(REQUEST, at, value))).toMatchObject({ rows: [], issues: ['bad-arp'] })
  })
})

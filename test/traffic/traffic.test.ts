/** The builders against bytes written by hand, and a whole capture against tshark where it is installed. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as t from './index.ts'

const [CLIENT, SERVER, CLIENT6, SERVER6] = ['10.0.0.1', '10.0.0.2', '2001:db8::1', '2001:db8::2']

describe('packets', () => {
  it('gives an IPv4 header its length, protocol and checksum', () => {
    const fields = { source: '192.168.0.1', destination: '192.168.0.199', dontFragment: true }
    const packet = t.ipv4(fields, t.udp({ sourcePort: 1, destinationPort: 2 }, t.filled(87)))
    expect(packet.bytes.subarray(0, 20)).toEqual(
      t.bytes(`
        4500 0073  IPv4, header of 20 bytes, 115 bytes in all
        0000 4000  identification 0, do not fragment
        4011 b861  time to live 64, UDP, checksum
        c0a8 0001  192.168.0.1
        c0a8 00c7  192.168.0.199
      `),
    )
  })

  it('writes a TCP SYN as it stands on the wire', () => {
    const segment = t.tcp({ sourcePort: 40000, destinationPort: 22, sequence: 1, flags: 'S', window: 1024 })
    expect(t.ipv4({ source: CLIENT, destination: SERVER }, segment).bytes.subarray(20)).toEqual(
      t.bytes(`
        9c40 0016  source port 40000, destination port 22
        0000 0001  sequence number
        0000 0000  acknowledgment number
        5002 0400  header of 5 words, SYN, window 1024
        fb88 0000  checksum over 10.0.0.1, 10.0.0.2, 6, 20 and the above; urgent pointer
      `),
    )
  })

  it('keeps the checksum of the upper layer right behind an IPv6 extension header', () => {
    const datagram = t.udp({ sourcePort: 1, destinationPort: 2 }, t.text('hi'))
    const bare = t.ipv6({ source: CLIENT6, destination: SERVER6 }, datagram).bytes
    const extended = t.ipv6(
      { source: CLIENT6, destination: SERVER6 },
      t.ipv6Extension(60, t.filled(6), datagram),
    )
    expect(extended.bytes.subarray(48)).toEqual(bare.subarray(40))
  })

  it('tags frames, the outer tag first', () => {
    const inner = t.vlan({ id: 7 }, t.arp({ senderAddress: CLIENT, targetAddress: SERVER }))
    const frame = t.ethernet({ paddedTo: 60 }, t.vlan({ id: 5, announcedAs: 0x88a8, priority: 3 }, inner))
    expect(frame.subarray(12, 22)).toEqual(t.bytes('88a8 6005 8100 0007 0806'))
    expect(frame).toHaveLength(60)
  })

  it('quotes the header and eight bytes in an ICMP error', () => {
    const packet = t.ipv4(
      { source: CLIENT, destination: SERVER },
      t.udp({ sourcePort: 1, destinationPort: 2 }),
    )
    expect(t.quoted(packet.bytes)).toEqual(packet.bytes.subarray(0, 28))
  })

  it('leaves a value that a test made wrong as it is', () => {
    const packet = t.ipv4({ source: CLIENT, destination: SERVER, totalLength: 9, checksum: 1 }, t.filled(4))
    expect(packet.bytes.subarray(2, 4)).toEqual(t.bytes('0009'))
    expect(packet.bytes.subarray(10, 12)).toEqual(t.bytes('0001'))
  })

  it('refuses an address or flag that cannot be', () => {
    expect(() => t.ipBytes('10.0.0')).toThrow('not an IPv4 address')
    expect(() => t.ipBytes('1:2:3')).toThrow('not an IPv6 address')
    expect(() => t.tcpFlagBits('SX')).toThrow('not a TCP flag')
    expect(() => t.bytes('9c4')).toThrow('odd number')
  })
})

describe('captures', () => {
  const frame = { time: { seconds: 1, nanoseconds: 2_345_678 }, bytes: t.bytes('aabbcc') }

  it('writes pcap records in either byte order and resolution', () => {
    expect(t.pcapRecord(frame)).toEqual(t.bytes('01000000 29090000 03000000 03000000 aabbcc'))
    expect(t.pcapRecord(frame, { byteOrder: 'big', resolution: 'ns' })).toEqual(
      t.bytes('00000001 0023cace 00000003 00000003 aabbcc'),
    )
    expect(t.pcapRecord(frame, { snaplen: 2 }).subarray(8)).toEqual(t.bytes('02000000 03000000 aabb'))
  })

  it('writes pcapng times in the units and with the offset of their interface', () => {
    const ticks = (one: t.PcapngInterface): Uint8Array => t.enhancedPacket(frame, one, 'big').subarray(12, 20)
    expect(ticks({ resolution: 9 })).toEqual(t.bytes('00000000 3bbe94ce'))
    expect(ticks({})).toEqual(t.bytes('00000000 000f4b69'))
    expect(ticks({ resolution: 0x80 })).toEqual(t.bytes('00000000 00000001'))
    expect(ticks({ offsetSeconds: 2 })).toEqual(t.bytes('ffffffff fff0c6e9'))
  })

  it('pads pcapng blocks and repeats their length', () => {
    expect(t.block(3, t.bytes('aabbccddee'), 'big')).toEqual(
      t.bytes('00000003 00000014 aabbccdd ee000000 00000014'),
    )
  })

  it('merges scripts in order of time', () => {
    const late = t.ping({ originator: CLIENT, responder: SERVER, start: t.at(0, 500_000) })
    const early = t.ping({ originator: CLIENT, responder: SERVER, sequence: 2 })
    expect(t.inTimeOrder(late, early)).toEqual([early[0], late[0], early[1], late[1]])
  })
})

describe('chance', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const numbers = (seed: number): number[] => Array.from({ length: 5 }, t.seededRandom(seed).uint32)
    expect(numbers(7)).toEqual([2418126209, 1675177840, 4180103685, 80695229, 407226324])
    expect(numbers(8)).not.toEqual(numbers(7))
  })

  it('stays within its bounds and reaches both', () => {
    const random = t.seededRandom(1)
    const rolls = Array.from({ length: 1000 }, () => random.between(1, 6))
    expect([Math.min(...rolls), Math.max(...rolls)]).toEqual([1, 6])
  })
})

const hasTshark = spawnSync('tshark', ['--version']).status === 0

describe.skipIf(!hasTshark)('scripts, read by tshark (skipped where it is not installed)', () => {
  const fields = ['ip', 'tcp', 'udp', 'icmp', 'icmpv6'].map((protocol) => `${protocol}.checksum.status`)
  const checks = ['ip', 'tcp', 'udp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`])

  function tshark(capture: Uint8Array, ...more: string[]): string[] {
    const folder = mkdtempSync(join(tmpdir(), 'traffic-'))
    const file = join(folder, 'script.pcap')
    writeFileSync(file, capture)
    const shown = ['_ws.malformed', '_ws.col.Protocol', ...more].flatMap((name) => ['-e', name])
    const run = spawnSync('tshark', ['-r', file, ...checks, '-T', 'fields', '-E', 'separator=,', ...shown], {
      encoding: 'utf8',
    })
    rmSync(folder, { recursive: true })
    return run.stdout.trimEnd().split('\n')
  }

  it('have no malformed packet and no wrong checksum', () => {
    const techniques = [
      'tcp-syn',
      'tcp-connect',
      'tcp-fin',
      'tcp-null',
      'tcp-xmas',
      'tcp-ack',
      'udp',
    ] as const
    const states = ['open', 'closed', 'filtered', 'silent'] as const
    const scripts = [[CLIENT, SERVER] as const, [CLIENT6, SERVER6] as const].flatMap(
      ([originator, responder]) => [
        t.httpVisit({ originator, responder, responseLength: 4000 }),
        t.dnsLookup({ originator, responder, name: 'example.test' }),
        t.ping({ originator, responder }),
        ...techniques.flatMap((technique) =>
          states.map((state) =>
            t.probe({ scanner: originator, target: responder, port: 99, technique, state }),
          ),
        ),
      ],
    )
    const lines = tshark(t.pcap(t.inTimeOrder(...scripts)), ...fields)
    const statuses = lines.flatMap((line) => line.split(',').slice(2)).filter(Boolean)
    expect(lines).toHaveLength(scripts.flat().length)
    expect(lines.filter((line) => !line.startsWith(','))).toEqual([])
    expect(new Set(statuses)).toEqual(new Set(['1']))
  })

  it('are what their names say', () => {
    const visit = t.httpVisit({ originator: CLIENT, responder: SERVER })
    expect(tshark(t.pcap(visit), 'tcp.flags', 'tcp.len')).toEqual([
      ',TCP,0x0002,0',
      ',TCP,0x0012,0',
      ',TCP,0x0010,0',
      ',HTTP,0x0018,56',
      ',TCP,0x0010,0',
      ',HTTP,0x0018,1041',
      ',TCP,0x0010,0',
      ',TCP,0x0011,0',
      ',TCP,0x0011,0',
      ',TCP,0x0010,0',
    ])
    const scan = t.portScan({ scanner: CLIENT, target: SERVER, ports: [22, 23], openPorts: [22] })
    expect(tshark(t.pcap(scan), 'tcp.flags')).toEqual([
      ',TCP,0x0002',
      ',TCP,0x0012',
      ',TCP,0x0004',
      ',TCP,0x0002',
      ',TCP,0x0014',
    ])
  })
})

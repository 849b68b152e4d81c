import { describe, expect, it } from 'vitest'
import { decode } from '../../../../test/decoding.ts'
import { ethernet, filled, ip, ipv4, ipv6, udp, text } from '../../../../test/traffic/index.ts'

const datagram = udp({ sourcePort: 40000, destinationPort: 9 }, text('x'))
const four = { source: '10.0.0.1', destination: '10.0.0.2' }
const six = { source: '2001:db8::1', destination: '2001:db8::2' }
const innerFour = { source: '192.168.1.1', destination: '192.168.1.2' }
const innerSix = { source: 'fd00::1', destination: 'fd00::2' }

describe('followIpProtocol', () => {
  it.each([
    ['ipip', ipv4(four, ipv4(innerFour, datagram)), 'ip:ip:udp'],
    ['6in4', ipv4(four, ipv6(innerSix, datagram)), 'ip:ipv6:udp'],
    ['4in6', ipv6(six, ipv4(innerFour, datagram)), 'ipv6:ip:udp'],
    ['ipip', ipv6(six, ipv6(innerSix, datagram)), 'ipv6:ipv6:udp'],
  ])('marks %s on both rows, and puts it on no path', (tunnel, packet, path) => {
    expect(decode(packet.bytes, 101)).toMatchObject({
      path: `raw:${path}`,
      rows: [
        { tunnel: 'none', carried: tunnel },
        { tunnel, carried: 'none', dstPort: 9 },
      ],
      issues: [],
    })
  })

  it.each([
    ['Ethernet', 143, ethernet({}, ip(innerFour, datagram)), 'ip:eth:ip:udp', 'etherip'],
    ['MPLS', 137, Uint8Array.of(0, 6, 0x41, 64, ...ip(innerFour, datagram).bytes), 'ip:mpls:ip:udp', 'mpls'],
  ])('takes %s right behind IP for a tunnel', (_, protocol, content, path, tunnel) => {
    expect(decode(ipv4({ ...four, protocol }, content).bytes, 228)).toMatchObject({
      path,
      rows: [{ carried: tunnel }, { tunnel, src: '192.168.1.1' }],
    })
  })

  it.each([
    [46, 'rsvp'],
    [50, 'esp'],
    [54, 'nhrp'],
    [9, 'igrp'],
    [62, 'mipv6'],
    [88, 'eigrp'],
    [89, 'ospf'],
    [103, 'pim'],
    [108, 'ipcomp'],
    [112, 'vrrp'],
    [113, 'pgm'],
    [124, 'isis'],
    [135, 'mipv6'],
    [139, 'hip'],
    [253, 'data'],
  ])('ends protocol %i at the leaf %s, whose bytes are the payload', (protocol, name) => {
    const decoded = decode(ipv4({ ...four, protocol }, filled(30)).bytes, 228)
    expect(decoded).toMatchObject({
      path: `ip:${name}`,
      rows: [
        { path: `ip:${name}`, payloadOffset: 20, payloadLength: 30, payloadWireLength: 30, carried: 'none' },
      ],
    })
  })

  it('knows no other numbers', () => {
    const known = Array.from({ length: 256 }, (_, protocol) => protocol).filter(
      (protocol) => decode(ipv4({ ...four, protocol }, filled(60, 0x11)).bytes, 228).path !== 'ip:data',
    )
    expect(known).toEqual([
      0, 1, 2, 4, 6, 9, 17, 33, 41, 43, 44, 46, 47, 50, 51, 54, 58, 60, 62, 80, 88, 89, 97, 103, 108, 112,
      113, 115, 124, 132, 135, 136, 137, 139, 140, 143,
    ])
  })

  it('names no data where there is none', () => {
    expect(decode(ipv4({ ...four, protocol: 253 }, new Uint8Array(0)).bytes, 228).path).toBe('ip')
  })
})

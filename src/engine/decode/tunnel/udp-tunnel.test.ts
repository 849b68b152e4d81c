import { describe, expect, it } from 'vitest'
import { decode } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, filled, ipv4, tcp, text, udp } from '../../../../test/traffic/index.ts'
import { tunnelOfPort } from './udp-tunnel.ts'

const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
)
const over = (payload: Uint8Array, sourcePort: number, destinationPort: number) =>
  decode(
    ipv4({ source: '192.0.2.1', destination: '192.0.2.2' }, udp({ sourcePort, destinationPort }, payload))
      .bytes,
    228,
  )

describe('followUdpTunnel', () => {
  it('looks at few ports, and not at those of common services', () => {
    expect(tunnelOfPort.filter((tunnel) => tunnel !== 0)).toHaveLength(13)
    for (const port of [53, 67, 123, 443, 500, 4500]) expect(tunnelOfPort[port]).toBe(0)
  })

  it('follows MPLS over UDP', () => {
    expect(over(concat(bytes('0006 4140'), packet.bytes), 50000, 6635)).toMatchObject({
      path: 'ip:udp:mpls:ip:tcp',
      rows: [{ carried: 'mpls' }, { tunnel: 'mpls', dstPort: 22 }],
    })
    const pseudowire = concat(bytes('0006 4140 0000 0000'), ethernet({}, packet))
    expect(over(pseudowire, 50000, 6635).path).toBe('ip:udp:mpls:pwethheuristic:pwethcw:eth:ip:tcp')
    expect(over(text('no labels at all'), 50000, 6635)).toMatchObject({
      path: 'ip:udp',
      issues: ['bad-mpls-stack'],
    })
  })

  it('prefers the destination port, and tries the source port when that was wrong', () => {
    const gtp = concat(bytes('30ff 0028 0000 002a'), packet.bytes)
    expect(over(gtp, 2152, 1701).path).toBe('ip:udp:gtp:ip:tcp')
  })

  it.each([
    ['l2tp', 1701, '0002 0001 0002 0021'],
    ['gtp', 2152, '30ff 0028 0000 002a'],
    ['capwap', 5247, '0010 4300 0000 0000'],
    ['vxlan', 4789, null],
    ['geneve', 6081, null],
    ['mpls', 6635, null],
  ])('knows whether answers of %s come from its port', (name, port, header) => {
    const answer = over(concat(bytes(header ?? '0800 0000 0000 2a00'), packet.bytes), port, 50000)
    expect(answer.path.startsWith(`ip:udp:${name}`)).toBe(header !== null)
  })

  it('leaves a stranger on a source port uncounted', () => {
    expect(over(text('hello'), 2152, 50000)).toMatchObject({ path: 'ip:udp', issues: [] })
  })

  it('follows tunnels in tunnels until a frame has eight rows', () => {
    let frame = ethernet({}, packet)
    for (let depth = 0; depth < 12; depth++) {
      const datagram = udp(
        { sourcePort: 50000, destinationPort: 4789 },
        concat(bytes('0800 0000 0000 0100'), frame),
      )
      frame = ethernet({}, ipv4({ source: '192.0.2.1', destination: '192.0.2.2' }, datagram))
    }
    const { rows, issues } = decode(frame)
    expect(rows.map(({ tunnel }) => tunnel)).toEqual(['none', ...Array<string>(7).fill('vxlan')])
    expect(issues).toEqual(['too-many-layers'])
  })

  it('knows a header at every length of the datagram', () => {
    const whole = concat(bytes('0800 0000 0000 0100'), ethernet({}, packet))
    for (let length = 0; length <= whole.length; length++) {
      const { path } = over(whole.subarray(0, length), 50000, 4789)
      expect(path.startsWith(length < 8 ? 'ip:udp' : 'ip:udp:vxlan')).toBe(true)
    }
    expect(over(filled(3), 50000, 4789).path).toBe('ip:udp')
  })
})

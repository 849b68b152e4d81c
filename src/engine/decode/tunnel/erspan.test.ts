import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, ipv4, patched, tcp } from '../../../../test/traffic/index.ts'

const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
)
const frame = ethernet({}, packet)
const TYPE_2 = bytes(`
  1001 0064  version 1, VLAN 1, session 100
  0000 0001  port index
`)
const TYPE_3 = bytes(`
  2001 0064  version 2, VLAN 1, session 100
  0000 0001  time
  0000 0000  group tag; an Ethernet frame, nothing more
`)
const over = (gre: Uint8Array) =>
  decode(ipv4({ source: '192.0.2.1', destination: '192.0.2.2', protocol: 47 }, gre).bytes, 228)

describe('decodeErspan', () => {
  itKeepsItsPromises('erspan', concat(TYPE_2, frame))
  itKeepsItsPromises('erspan', concat(TYPE_3, frame))

  it.each([
    ['I, which has no header', concat(bytes('0000 88be'), frame)],
    ['II', concat(bytes('1000 88be 0000 0001'), TYPE_2, frame)],
    ['III', concat(bytes('1000 22eb 0000 0001'), TYPE_3, frame)],
    [
      'III with a platform header',
      concat(bytes('1000 22eb 0000 0001'), patched(TYPE_3, 11, [1]), bytes('0000 0000 0000 0000'), frame),
    ],
  ])('follows the frame of type %s', (_, gre) => {
    expect(over(gre)).toMatchObject({
      path: 'ip:gre:erspan:eth:ip:tcp',
      rows: [
        { carried: 'erspan', path: 'ip:gre' },
        { tunnel: 'erspan', dstPort: 22 },
      ],
      issues: [],
    })
  })

  it('follows a packet where type III says that it mirrors one', () => {
    expect(decodeOne('erspan', concat(patched(TYPE_3, 10, [0x08, 0]), packet.bytes))).toMatchObject({
      next: 'ip',
      offset: 12,
    })
    expect(decodeOne('erspan', concat(patched(TYPE_3, 10, [0x0c, 0]), packet.bytes)).next).toBe('data')
  })

  it('counts another version', () => {
    expect(decodeOne('erspan', concat(patched(TYPE_2, 0, [0x30]), frame)).issues).toEqual([
      'bad-erspan-header',
    ])
  })
})

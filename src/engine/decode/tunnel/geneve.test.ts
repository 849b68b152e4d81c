import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, filled, ipv4, patched, tcp, udp } from '../../../../test/traffic/index.ts'

const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
)
const HEADER = bytes(`
  02 00 6558  version 0, two words of options; Ethernet
  0000 2a00   network 42
  0102 8001 0000 0001  an option
`)
const over = (payload: Uint8Array) =>
  decode(
    ipv4(
      { source: '192.0.2.1', destination: '192.0.2.2' },
      udp({ sourcePort: 50000, destinationPort: 6081 }, payload),
    ).bytes,
    228,
  )

describe('decodeGeneve', () => {
  itKeepsItsPromises('geneve', concat(HEADER, ethernet({}, packet)))

  it('leads to the frame behind its options', () => {
    expect(over(concat(HEADER, ethernet({}, packet)))).toMatchObject({
      path: 'ip:udp:geneve:eth:ip:tcp',
      rows: [{ carried: 'geneve' }, { tunnel: 'geneve', dstPort: 22 }],
      issues: [],
    })
  })

  it('leads to IP where its type says so', () => {
    expect(over(concat(bytes('0000 0800 0000 2a00'), packet.bytes)).path).toBe('ip:udp:geneve:ip:tcp')
  })

  it('counts options that are not there', () => {
    expect(over(patched(HEADER, 0, [0x3f]))).toMatchObject({
      path: 'ip:udp:geneve',
      issues: ['bad-geneve-header'],
    })
    expect(decodeOne('geneve', patched(HEADER, 0, [0x3f]), { missing: 300 }).issues).toEqual([
      'truncated-tunnel-header',
    ])
  })

  it.each([
    ['of another version', patched(HEADER, 0, [0x42])],
    ['with reserved flags', patched(HEADER, 1, [1])],
    ['with a reserved byte', patched(HEADER, 7, [1])],
    ['of a type without a name', patched(HEADER, 2, [0x12, 0x34])],
  ])('is no header %s, and what is on its port is counted', (_, header) => {
    expect(over(concat(header, filled(60)))).toMatchObject({ path: 'ip:udp', issues: ['bad-geneve-header'] })
  })
})

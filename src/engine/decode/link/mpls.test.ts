import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, ip, tcp } from '../../../../test/traffic/index.ts'

const STACK = bytes(`
  0006 40 ff  label 100, more labels follow
  000c 81 ff  label 200, bottom of stack
  4500        IPv4
`)
const segment = tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' })
const four = ip({ source: '10.0.0.1', destination: '10.0.0.2' }, segment)
const six = ip({ source: '2001:db8::1', destination: '2001:db8::2' }, segment)
const labels = STACK.subarray(0, 8)
const frame = (content: Uint8Array) => ethernet({ etherType: 0x8847 }, concat(labels, content))

describe('decodeMpls', () => {
  itKeepsItsPromises('mpls', STACK)

  it('tells IP by its version, and calls it no tunnel', () => {
    expect(decode(frame(four.bytes))).toMatchObject({ path: 'eth:mpls:ip:tcp', rows: [{ tunnel: 'none' }] })
    expect(decode(frame(six.bytes)).path).toBe('eth:mpls:ipv6:tcp')
  })

  it('is announced for many receivers, too', () => {
    expect(decode(ethernet({ etherType: 0x8848 }, concat(labels, four.bytes))).path).toBe('eth:mpls:ip:tcp')
  })

  it('finds Ethernet behind a control word', () => {
    const pseudowire = frame(concat(bytes('0000 0007'), ethernet({}, four)))
    expect(decode(pseudowire)).toMatchObject({
      path: 'eth:mpls:pwethheuristic:pwethcw:eth:ip:tcp',
      rows: [{ src: '10.0.0.1' }],
      issues: [],
    })
  })

  it('finds Ethernet without a control word', () => {
    const pseudowire = frame(ethernet({ destination: '02:00:00:00:00:02' }, four))
    expect(decode(pseudowire).path).toBe('eth:mpls:pwethheuristic:eth:ip:tcp')
  })

  it('leaves anything else closed', () => {
    expect(decode(frame(bytes('10 00 00 00'))).path).toBe('eth:mpls:data')
    expect(decode(frame(new Uint8Array(0))).path).toBe('eth:mpls')
  })

  it('counts a stack without a bottom', () => {
    expect(decodeOne('mpls', STACK.subarray(0, 4)).issues).toEqual(['bad-mpls-stack'])
    expect(decodeOne('mpls', STACK.subarray(0, 4), { missing: 100 }).issues).toEqual([
      'truncated-link-header',
    ])
  })

  it('does not follow 10,000 labels', () => {
    const deep = concat(...Array.from({ length: 10_000 }, () => labels.subarray(0, 4)), STACK)
    expect(decodeOne('mpls', deep)).toMatchObject({ next: 'none', issues: ['bad-mpls-stack'] })
  })
})

describe('decodeEthernetPseudowire', () => {
  itKeepsItsPromises('pwethheuristic', concat(bytes('0000 0007'), ethernet({}, four)))
})

describe('decodeEthernetControlWord', () => {
  itKeepsItsPromises('pwethcw', bytes('0000 0007 0200'))
})

import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, filled, ipv4, patched, udp } from '../../../../test/traffic/index.ts'

const HEADER = bytes(`
  00 00                version, flags
  2000                 32 bytes
  6900 0000            802.11 follows
  0200 1400            common field of twenty bytes
  0000 0000 0000 0000  time
  0100                 flags: the frame ends with its check sequence
  0200 6c09 a000 0000  rate, channel
  d500                 signal, noise
`)
const FRAME = concat(HEADER, bytes('8000 0000'), filled(20), filled(4, 0xcc))

describe('decodePpi', () => {
  itKeepsItsPromises('ppi', FRAME)

  it('leads to 802.11, without its check sequence', () => {
    expect(decodeOne('ppi', FRAME)).toMatchObject({ next: 'wlan', offset: 32, end: FRAME.length - 4 })
    expect(decodeOne('ppi', patched(FRAME, 20, [0])).end).toBe(FRAME.length)
    expect(decode(FRAME, 192).path).toBe('ppi:wlan')
  })

  it('leads to any other link type', () => {
    const inner = ethernet(
      {},
      ipv4(
        { source: '10.0.0.1', destination: '10.0.0.2' },
        udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
      ),
    )
    expect(decode(concat(bytes('0000 0800 0100 0000'), inner), 192).path).toBe('ppi:eth:ip:udp')
    expect(decode(bytes('0000 0800 ff00 0000 00'), 192).path).toBe('ppi:data')
  })

  it('ends where only a header is', () => {
    expect(decodeOne('ppi', HEADER)).toMatchObject({ next: 'none', issues: [] })
  })

  it('does not go round with headers that name themselves', () => {
    const nested = concat(...Array.from({ length: 1000 }, () => bytes('0000 0800 c000 0000')))
    expect(decode(nested, 192).issues).toEqual(['too-many-layers'])
  })

  it('counts a length that the frame does not have', () => {
    expect(decodeOne('ppi', patched(FRAME, 2, [0xff]))).toMatchObject({
      next: 'none',
      issues: ['truncated-link-header'],
    })
    expect(decodeOne('ppi', patched(FRAME, 2, [4]))).toMatchObject({
      next: 'none',
      issues: ['truncated-link-header'],
    })
  })
})

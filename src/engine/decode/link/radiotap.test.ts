import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, filled, patched } from '../../../../test/traffic/index.ts'

const HEADER = bytes(`
  00 00                version, padding
  1900                 25 bytes
  2f48 0000            time, flags, rate, channel, signal …
  0000 0000 0000 0000  time
  10                   flags: the frame ends with its check sequence
  02 6c09 a000         rate, channel
  d500 0000            signal and more
`)
const BEACON = concat(bytes('8000 0000'), filled(20), filled(4, 0xcc))
const FRAME = concat(HEADER, BEACON)

describe('decodeRadiotap', () => {
  itKeepsItsPromises('radiotap', FRAME)

  it('leaves the check sequence out of the frame', () => {
    expect(decodeOne('radiotap', FRAME)).toMatchObject({
      next: 'wlan',
      offset: 25,
      end: FRAME.length - 4,
      issues: [],
    })
    expect(decode(FRAME, 127).path).toBe('radiotap:wlan')
  })

  it('keeps every byte when there is no check sequence', () => {
    expect(decodeOne('radiotap', patched(FRAME, 16, [0])).end).toBe(FRAME.length)
  })

  it('takes a check sequence that the snaplen cut off from what is missing', () => {
    const cut = FRAME.subarray(0, FRAME.length - 10)
    expect(decodeOne('radiotap', cut, { missing: 10 })).toMatchObject({ end: cut.length, missing: 6 })
  })

  it('finds the flags behind a second bitmap, aligned from the start of the header', () => {
    const header = bytes(`
      00 00 1900           25 bytes
      0300 0080 0000 0000  time and flags, another bitmap; which is empty
      0000 0000            padding
      0000 0000 0000 0000  time
      10                   flags
    `)
    expect(decodeOne('radiotap', concat(patched(header, 2, [25]), BEACON)).end).toBe(25 + 24)
  })

  it('finds the flags behind a third bitmap', () => {
    const header = bytes(`
      00 00 1100           17 bytes
      0200 0080 0000 0080  flags; two more bitmaps
      0000 0000            which are empty
      10                   flags
    `)
    expect(decodeOne('radiotap', concat(header, BEACON)).end).toBe(17 + 24)
  })

  it('does not go round with bitmaps that never end', () => {
    const endless = concat(bytes('0000 4000'), filled(60, 0xff), BEACON)
    expect(decodeOne('radiotap', endless)).toMatchObject({ next: 'wlan', offset: 64 })
  })

  it.each([
    ['a length below its own fields', patched(FRAME, 2, [7]), 'bad-radiotap-header'],
    ['another version', patched(FRAME, 0, [1]), 'bad-radiotap-header'],
    ['a length beyond the frame', patched(FRAME, 2, [200]), 'truncated-link-header'],
  ])('counts %s', (_, frame, issue) => {
    expect(decodeOne('radiotap', frame)).toMatchObject({ next: 'none', issues: [issue] })
  })
})

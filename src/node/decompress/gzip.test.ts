import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../test/memory-source.ts'
import { bytes, concat, filled, text } from '../../../test/traffic/index.ts'
import type { CaptureIssueKind } from '../../engine/capture/capture-note-book.ts'
import { DecompressionFailure } from './failure.ts'
import { unpackGzip } from './gzip.ts'
import { DecompressInput } from './input.ts'

async function unpack(content: Uint8Array, step = 65_536) {
  const issues: CaptureIssueKind[] = []
  const parts: Uint8Array[] = []
  let failure: DecompressionFailure | null = null
  try {
    for await (const chunk of unpackGzip(
      new DecompressInput(memorySource(content, step)),
      issues,
      content.length,
    )) {
      parts.push(chunk.slice())
    }
  } catch (error) {
    if (!(error instanceof DecompressionFailure)) throw error
    failure = error
  }
  return { output: concat(...parts), issues, failure }
}

const CONTENT = text('capture '.repeat(50))
const DEFLATED = deflateRawSync(CONTENT)

function trailer(content: Uint8Array): Uint8Array {
  const result = new Uint8Array(8)
  const view = new DataView(result.buffer)
  view.setUint32(0, crc32(content), true)
  view.setUint32(4, content.length, true)
  return result
}

/** A member with these flags and what they announce. */
function member(flags: number, announced: Uint8Array): Uint8Array {
  return concat(bytes('1f8b 08'), Uint8Array.of(flags), filled(6), announced, DEFLATED, trailer(CONTENT))
}

describe('unpackGzip', () => {
  it.each([
    ['nothing more', 0x00, filled(0)],
    ['a text hint', 0x01, filled(0)],
    ['a header checksum', 0x02, filled(2)],
    ['an extra field', 0x04, concat(bytes('0500'), text('extra'))],
    ['an empty extra field', 0x04, bytes('0000')],
    ['a file name', 0x08, text('capture.pcap\0')],
    ['a comment', 0x10, text('a comment\0')],
    ['all of it', 0x1f, concat(bytes('0100 61'), text('name\0'), text('comment\0'), filled(2))],
  ])('reads a member with %s', async (_, flags, announced) => {
    for (const step of [1, 2, 3, 7, 65_536]) {
      const { output, issues, failure } = await unpack(member(flags, announced), step)
      expect(failure).toBeNull()
      expect(issues).toEqual([])
      expect(output).toEqual(CONTENT)
    }
  })

  it('reads one member after the other', async () => {
    const many = concat(...Array.from({ length: 30 }, (_, i) => gzipSync(text(`part ${i}, `))))
    for (const step of [1, 5, 65_536]) {
      const { output, failure } = await unpack(many, step)
      expect(failure).toBeNull()
      expect(new TextDecoder().decode(output)).toBe(
        Array.from({ length: 30 }, (_, i) => `part ${i}, `).join(''),
      )
    }
  })

  it.each([
    ['text', text('garbage')],
    ['zeros', filled(512)],
    ['one byte', filled(1, 0x1f)],
    ['half a magic number', bytes('1f8b')],
    ['another method', bytes('1f8b 07')],
  ])('notes %s behind the last member', async (_, garbage) => {
    const { output, issues, failure } = await unpack(concat(gzipSync(CONTENT), garbage))
    expect(failure).toBeNull()
    expect(output).toEqual(CONTENT)
    expect(issues).toEqual(['garbage-after-gzip'])
  })

  it('cut anywhere gives what can be unpacked, and says that it is cut', async () => {
    const whole = member(0x1f, concat(bytes('0100 61'), text('name\0'), text('comment\0'), filled(2)))
    for (let length = 1; length < whole.length; length++) {
      const { output, failure } = await unpack(whole.subarray(0, length), 3)
      expect(failure?.kind, `cut at ${length}`).toBe('truncated-compression')
      expect(output).toEqual(CONTENT.subarray(0, output.length))
    }
    const cutTrailer = await unpack(whole.subarray(0, whole.length - 1))
    expect(cutTrailer.output).toEqual(CONTENT)
  })

  it('gives all of the content when only the checksum is wrong', async () => {
    const wrong = gzipSync(CONTENT)
    wrong[wrong.length - 5]! ^= 1
    const { output, failure } = await unpack(wrong)
    expect(output).toEqual(CONTENT)
    expect(failure?.kind).toBe('damaged-compression')
    expect(failure?.message).toContain('checksum')
  })

  it('gives all of the content when only the length is wrong', async () => {
    const wrong = gzipSync(CONTENT)
    wrong[wrong.length - 1]! ^= 1
    const { output, failure } = await unpack(wrong)
    expect(output).toEqual(CONTENT)
    expect(failure?.message).toContain('length')
  })

  it('gives most of what comes before damage in the middle', async () => {
    const noise = Uint8Array.from({ length: 400_000 }, (_, i) => Math.imul(i, 2_654_435_761) >>> 24)
    const packed = gzipSync(noise, { level: 1 })
    // Huffman codes of a block that does not exist.
    packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 400)
    const { output, failure } = await unpack(packed)
    expect(failure?.kind).toBe('damaged-compression')
    const sound = output.findIndex((byte, i) => byte !== noise[i])
    expect(sound === -1 ? output.length : sound).toBeGreaterThan(150_000)
  })

  it.each([
    ['no member at the beginning', bytes('1f8b 0900 0000 0000 0003')],
    ['reserved flags', member(0xe0, filled(0))],
    ['a name without end', member(0x08, filled(70_000, 0x61))],
  ])('refuses %s', async (_, content) => {
    const { output, failure } = await unpack(content)
    expect(output).toHaveLength(0)
    expect(failure?.kind).toBe('damaged-compression')
  })
})

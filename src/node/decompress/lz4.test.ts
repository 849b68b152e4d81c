import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../test/memory-source.ts'
import { bytes, concat, filled, text } from '../../../test/traffic/index.ts'
import { DecompressionFailure } from './failure.ts'
import { DecompressInput } from './input.ts'
import { unpackLz4Block } from './lz4-block.ts'
import { unpackLz4 } from './lz4.ts'
import { XxHash32 } from './xx-hash.ts'

async function unpack(content: Uint8Array, step = 65_536) {
  const parts: Uint8Array[] = []
  let failure: DecompressionFailure | null = null
  try {
    for await (const chunk of unpackLz4(new DecompressInput(memorySource(content, step))))
      parts.push(chunk.slice())
  } catch (error) {
    if (!(error instanceof DecompressionFailure)) throw error
    failure = error
  }
  return { output: concat(...parts), failure }
}

describe('XxHash32', () => {
  it.each([
    ['', 0x02cc5d05],
    ['a', 0x550d7456],
    ['abc', 0x32d153ff],
    ['Nobody inspects the spammish repetition', 0xe2293b2f],
  ])('of %j is known', (content, expected) => {
    const input = text(content)
    const whole = new XxHash32()
    whole.update(input, 0, input.length)
    expect(whole.digest().toString(16)).toBe(expected.toString(16))
  })

  it('is the same in whatever pieces the bytes come', () => {
    const input = Uint8Array.from({ length: 1_000 }, (_, i) => (i * i) >> 2)
    const whole = new XxHash32()
    whole.update(input, 0, input.length)
    for (const step of [1, 3, 15, 16, 17, 333]) {
      const parts = new XxHash32()
      for (let at = 0; at < input.length; at += step)
        parts.update(input, at, Math.min(input.length, at + step))
      expect(parts.digest()).toBe(whole.digest())
    }
  })
})

describe('unpackLz4Block', () => {
  function unpackBlock(source: Uint8Array, room = 100, history = ''): string | null {
    const target = new Uint8Array(history.length + room)
    target.set(text(history))
    const end = unpackLz4Block(source, 0, source.length, target, history.length, target.length, 0)
    return end === -1 ? null : new TextDecoder().decode(target.subarray(history.length, end))
  }

  it.each([
    ['literals alone', concat(bytes('50'), text('hello')), '', 'hello'],
    ['no literals', bytes('00'), '', ''],
    ['a match', concat(bytes('30'), text('abc'), bytes('0300 50'), text('12345')), '', 'abcabca12345'],
    [
      'a match that copies itself',
      concat(bytes('12'), text('a'), bytes('0100 50'), text('12345')),
      '',
      'aaaaaaa12345',
    ],
    ['a match in what came before', concat(bytes('00 0500 50'), text('12345')), 'hello', 'hell12345'],
    ['long literals', concat(bytes('f0 05'), text('x'.repeat(20))), '', 'x'.repeat(20)],
    [
      'a long match',
      concat(bytes('1f'), text('a'), bytes('0100 0a 50'), text('12345')),
      '',
      `${'a'.repeat(30)}12345`,
    ],
    [
      'a long match from afar',
      concat(bytes('0f 2800 15 50'), text('12345')),
      'b'.repeat(40),
      `${'b'.repeat(40)}12345`,
    ],
  ])('unpacks %s', (_, source, history, expected) => {
    expect(unpackBlock(source, 100, history)).toBe(expected)
  })

  it.each([
    ['literals that are not there', concat(bytes('60'), text('hello'))],
    ['a length that does not end', bytes('f0 ff ff')],
    ['a match length that does not end', concat(bytes('1f'), text('a'), bytes('0100 ff'))],
    ['half a distance', concat(bytes('10'), text('a'), bytes('01'))],
    ['a distance of zero', concat(bytes('10'), text('a'), bytes('0000 00'))],
    ['a distance to before the beginning', concat(bytes('10'), text('a'), bytes('0200 00'))],
    ['more literals than there is room', concat(bytes('f0 ff ff ff 00'), filled(780))],
    ['a longer match than there is room', concat(bytes('1f'), text('a'), bytes('0100 ff ff ff 00 00'))],
  ])('refuses %s', (_, source) => {
    expect(unpackBlock(source)).toBeNull()
  })
})

describe('unpackLz4', () => {
  /** A frame with the given flags and block size code, whose blocks and end are given as they are. */
  function frame(flags: number, sizeCode: number, announced: Uint8Array, ...rest: Uint8Array[]): Uint8Array {
    const descriptor = concat(Uint8Array.of(flags, sizeCode << 4), announced)
    const hash = new XxHash32()
    hash.update(descriptor, 0, descriptor.length)
    return concat(bytes('0422 4d18'), descriptor, Uint8Array.of((hash.digest() >>> 8) & 0xff), ...rest)
  }

  function stored(content: string): Uint8Array {
    return concat(Uint8Array.of(content.length, 0, 0, 0x80), text(content))
  }

  function checksum(content: Uint8Array): Uint8Array {
    const hash = new XxHash32()
    hash.update(content, 0, content.length)
    const result = new Uint8Array(4)
    new DataView(result.buffer).setUint32(0, hash.digest(), true)
    return result
  }

  const END = filled(4)

  it.each([
    ['stored blocks', frame(0x60, 4, filled(0), stored('hello '), stored('world'), END), 'hello world'],
    ['a content size', frame(0x68, 4, filled(8), stored('hello'), END), 'hello'],
    ['block checksums', frame(0x70, 4, filled(0), stored('hello'), checksum(text('hello')), END), 'hello'],
    [
      'a content checksum',
      frame(0x64, 4, filled(0), stored('he'), stored('llo'), END, checksum(text('hello'))),
      'hello',
    ],
    ['blocks of 4 MiB', frame(0x60, 7, filled(0), stored('hello'), END), 'hello'],
    ['no blocks', frame(0x60, 4, filled(0), END), ''],
    [
      'linked blocks',
      frame(0x40, 4, filled(0), stored('hello'), concat(bytes('0900 0000 00 0500 50'), text('12345')), END),
      'hellohell12345',
    ],
  ])('reads a frame with %s', async (_, content, expected) => {
    for (const step of [1, 3, 65_536]) {
      const { output, failure } = await unpack(content, step)
      expect(failure).toBeNull()
      expect(new TextDecoder().decode(output)).toBe(expected)
    }
  })

  it('keeps blocks that are not linked apart', async () => {
    const content = frame(
      0x60,
      4,
      filled(0),
      stored('hello'),
      concat(bytes('0900 0000 00 0500 50'), text('12345')),
      END,
    )
    expect((await unpack(content)).failure?.kind).toBe('damaged-compression')
  })

  it('reads frame after frame, and passes over what may be skipped', async () => {
    const one = frame(0x60, 4, filled(0), stored('one '), END)
    const skippable = concat(bytes('5a2a 4d18 0300 0000'), text('abc'))
    const { output, failure } = await unpack(concat(skippable, one, skippable, one), 2)
    expect(failure).toBeNull()
    expect(new TextDecoder().decode(output)).toBe('one one ')
  })

  it('reads blocks that copy from blocks before them, over more than their history', async () => {
    // A block of 64 KiB whose every further block copies the one before as a whole.
    const first = Uint8Array.from({ length: 65_536 }, (_, i) => Math.imul(i, 40_503) >>> 5)
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, 0x8000_0000 + 65_536, true)
    // 65,535 bytes back is as far as a distance goes, so each copy is one byte on.
    const further = 65_530 - 4 - 15
    const copy = concat(
      bytes('0f ffff'),
      filled(Math.floor(further / 255), 255),
      Uint8Array.of(further % 255),
      bytes('60 6162 6364 6566'),
    )
    const copyLength = new Uint8Array(4)
    new DataView(copyLength.buffer).setUint32(0, copy.length, true)
    const blocks = Array.from({ length: 4 }, () => concat(copyLength, copy))
    const { output, failure } = await unpack(frame(0x40, 4, filled(0), length, first, ...blocks, END), 10_000)
    expect(failure).toBeNull()
    const expected = [...first]
    for (let block = 0; block < 4; block++) {
      for (let i = 0; i < 65_530; i++) expected.push(expected[expected.length - 65_535]!)
      expected.push(...text('abcdef'))
    }
    const sha = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')
    expect(sha(output)).toBe(sha(Uint8Array.from(expected)))
  })

  it.each([
    ['a wrong header checksum', concat(bytes('0422 4d18 6040 83'), END), 'damaged-compression'],
    ['another version', frame(0x20, 4, filled(0), END), 'damaged-compression'],
    ['a block size that is not defined', frame(0x60, 3, filled(0), END), 'damaged-compression'],
    ['a dictionary', frame(0x61, 4, filled(4), END), 'unsupported-format'],
    [
      'a block longer than it may be',
      frame(0x60, 4, filled(0), bytes('0100 0180'), filled(65_537), END),
      'damaged-compression',
    ],
    [
      'a wrong block checksum',
      frame(0x70, 4, filled(0), stored('hello'), filled(4), END),
      'damaged-compression',
    ],
    [
      'a wrong content checksum',
      frame(0x64, 4, filled(0), stored('hello'), END, filled(4)),
      'damaged-compression',
    ],
    [
      'garbage behind a frame',
      concat(frame(0x60, 4, filled(0), END), text('garbage')),
      'damaged-compression',
    ],
    ['one byte behind a frame', concat(frame(0x60, 4, filled(0), END), filled(1)), 'truncated-compression'],
    ['a skippable frame that is cut', bytes('502a 4d18 0300 0000 6162'), 'truncated-compression'],
  ])('refuses %s', async (_, content, kind) => {
    expect((await unpack(content)).failure?.kind).toBe(kind)
  })
})

/** A part that is cut, damaged, foreign or made to harm is refused by name and place, and never costs more than its tables. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Aggregates } from '../../src/engine/aggregate/aggregates.ts'
import { writeAggregates } from '../../src/engine/aggregate/aggregates-part.ts'
import { FrameBatch } from '../../src/engine/capture/frame-batch.ts'
import { OpenReader, type HashSecret } from '../../src/engine/index.ts'
import { checksum } from '../../src/engine/part/checksum.ts'
import { PartError } from '../../src/engine/part/part-error.ts'
import { partBytes } from '../../src/engine/part/part-layout.ts'
import { PartWriter, type PartArray, type PartSection } from '../../src/engine/part/part-writer.ts'
import { seededRandom } from '../traffic/index.ts'
import { aggregatesOfBytes, bytesOfAggregates, ORIGIN } from './part-bytes.ts'

const SECRET: HashSecret = [7, 7, 7, 7]

function aggregatesOf(path: string): Aggregates {
  const reader = new OpenReader()
  const aggregates = new Aggregates(SECRET)
  const batch = new FrameBatch()
  const bytes = readFileSync(path)
  const room = reader.writable(bytes.length)
  room.bytes.set(bytes, room.offset)
  reader.commit(bytes.length)
  reader.finish()
  while (reader.next(batch) > 0) aggregates.observe(batch)
  return aggregates
}

const sample = aggregatesOf('samples/port-scan.pcapng')
const good = bytesOfAggregates(sample)

/** The error of reading these bytes; anything but a PartError fails the test. */
function refusalOf(bytes: Uint8Array): PartError {
  try {
    aggregatesOfBytes(bytes, SECRET)
  } catch (error) {
    if (error instanceof PartError) return error
    throw error
  }
  throw new Error('the part was not refused')
}

describe('a part on disk', () => {
  it('is refused when it is cut, wherever that is', () => {
    for (let length = 0; length < good.length; length += length < 200 ? 1 : 997) {
      const { message, byteOffset } = refusalOf(good.subarray(0, length))
      expect(message).toMatch(length < 8 ? /is no part/ : /ends too early/)
      expect(byteOffset).toBe(length < 8 ? 0 : length)
    }
    expect(refusalOf(good.subarray(0, -1)).message).toMatch(/ends too early/)
  })

  it('is refused when bytes follow it', () => {
    expect(refusalOf(Buffer.concat([good, Buffer.alloc(8)]))).toMatchObject({ byteOffset: good.length })
  })

  it('is refused when any bit of header, directory or a section has flipped', () => {
    const random = seededRandom(11)
    for (let round = 0; round < 400; round++) {
      const at = round < 32 ? round : random.between(32, good.length - 1)
      const copy = Uint8Array.from(good)
      copy[at] = copy[at]! ^ (1 << random.between(0, 7))
      expect(refusalOf(copy).byteOffset, `byte ${String(at)}`).not.toBeNull()
    }
  })

  it('is refused by another release, by another numbering and by another version of the layout', () => {
    const read = (origin: typeof ORIGIN) => () => aggregatesOfBytes(good, SECRET, origin)
    expect(read({ ...ORIGIN, tool: '9.9.9' })).toThrow('written by test, and this is 9.9.9.')
    expect(read({ ...ORIGIN, numbering: 1 })).toThrow('written by test, and this is test, built otherwise.')
    const newer = Uint8Array.from(good)
    newer[8] = 3
    expect(refusalOf(newer)).toMatchObject({ byteOffset: 8 })
    expect(refusalOf(newer).message).toContain('of version 3, and this release reads version 2')
  })

  it('is told from any other file', () => {
    expect(refusalOf(readFileSync('samples/port-scan.pcapng')).message).toMatch(/is no part of an analysis/)
    expect(refusalOf(readFileSync('package.json')).message).toMatch(/is no part of an analysis/)
  })
})

/** The part of the sample with some sections replaced, every checksum right. */
function forged(change: (section: PartSection) => PartArray | null): Uint8Array {
  const part = new PartWriter()
  writeAggregates(sample, part)
  const sections = part.sections.flatMap((section) => {
    const array = change(section)
    return array === null ? [] : [{ name: section.name, array }]
  })
  return Buffer.concat([...partBytes(sections, ORIGIN)])
}

function withNumbers(name: string, change: (array: PartArray) => void): Uint8Array {
  return forged((section) => {
    if (section.name !== name) return section.array
    const array = section.array.slice()
    change(array)
    return array
  })
}

describe('a part whose checksums are right', () => {
  it('is refused when a section is missing, strange, of another element or too long', () => {
    const slab = 'conversations.table.slab0'
    const without = forged(({ name, array }) => (name === slab ? null : array))
    expect(refusalOf(without).message).toMatch(/^section conversations\.table\.slab0 is missing\./)
    const otherElement = forged(({ name, array }) => (name === slab ? new Float64Array(28) : array))
    expect(refusalOf(otherElement).message).toMatch(/holds float64 instead of int32/)
    const tooLong = forged(({ name, array }) => (name === 'paths.parent' ? new Uint16Array(5000) : array))
    expect(refusalOf(tooLong).message).toMatch(/has 5000 numbers; at most 4096 are possible/)
    const part = new PartWriter()
    writeAggregates(sample, part)
    part.add('more', new Uint8Array(1))
    expect(refusalOf(Buffer.concat([...partBytes(part.sections, ORIGIN)])).message).toMatch(
      /belongs to nothing/,
    )
  })

  it.each<[string, string, (array: PartArray) => void, RegExp]>([
    [
      'a count of conversations beyond the table',
      'conversations.table.count',
      (a) => (a[0] = 2 ** 40),
      /more records/,
    ],
    ['a count that is negative', 'totals.counts', (a) => (a[0] = -1), /a count that is none/],
    ['a count that is no number', 'lengths.byteCount', (a) => (a[3] = NaN), /not a number/],
    ['a record twice', 'conversations.table.slab0', (a) => a.copyWithin(28, 0, 4), /a key twice/],
    [
      'a record on a path that does not exist',
      'conversations.table.slab0',
      (a) => (a[23] = -1),
      /impossible record/,
    ],
    [
      'a record of endless bytes',
      'conversations.table.slab0',
      (a) => (a[5] = 0x7ff00000),
      /impossible record/,
    ],
    [
      'an IPv6 number beyond the table',
      'conversations.table.slab0',
      (a) => (a[3] = a[3]! | (1 << 16)),
      /impossible record/,
    ],
    ['a path that is its own parent', 'paths.parent', (a) => (a[1] = 1), /impossible node/],
    [
      'a width of bandwidth that does not exist',
      'bandwidth.level',
      (a) => (a[0] = 99),
      /width that does not exist/,
    ],
    ['a ring that is none', 'conversations.fragments.ring', (a) => (a[1] = 3), /is no ring/],
  ])('is refused for %s', (_, name, change, message) => {
    expect(refusalOf(withNumbers(name, change)).message).toMatch(message)
  })

  it('of random numbers is refused or read, and nothing else happens', () => {
    const random = seededRandom(5)
    for (let round = 0; round < 200; round++) {
      const chosen = random.between(0, 80)
      let place = 0
      const bytes = forged(({ array }) => {
        if (place++ !== chosen || array.length === 0) return array
        const copy = array.slice()
        copy[random.between(0, copy.length - 1)] = random.between(0, 2 ** 31)
        return copy
      })
      try {
        aggregatesOfBytes(bytes, SECRET)
      } catch (error) {
        expect(error).toBeInstanceOf(PartError)
      }
    }
  })

  it('is refused before anything of an impossible length is read', () => {
    // A directory that promises 2^40 numbers of a section that may have 4096.
    const text = new TextDecoder().decode(
      good.subarray(32, 32 + new DataView(good.buffer, good.byteOffset).getUint32(12, true)),
    )
    const promised = text.replace(
      /\["paths\.parent","uint16",\d+,/,
      '["paths.parent","uint16",1099511627776,',
    )
    const directory = Buffer.from(promised.trimEnd().padEnd(Math.ceil(promised.length / 8) * 8, ' '))
    const bytes = Buffer.concat([good.subarray(0, 32), directory, good.subarray(32 + text.length)])
    bytes.writeUInt32LE(directory.length, 12)
    bytes.writeDoubleLE(bytes.length, 16)
    bytes.writeUInt32LE(checksum(directory), 24)
    bytes.writeUInt32LE(checksum(bytes.subarray(0, 28)), 28)
    expect(refusalOf(bytes).message).toMatch(/^The directory is damaged/)
  })
})

it('computes the checksum that ITU-T V.42 defines', () => {
  expect(checksum(Buffer.from('123456789'))).toBe(0xcbf43926)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DECODE_ISSUE_NAMES } from '../decode-issue.ts'
import { readDnsName } from './dns-name.ts'
import { DNS_RECORD_COUNT_MAX, DnsMessage, DnsSection, readDnsMessage } from './dns-message.ts'

const hex = (...parts: string[]) => Uint8Array.from(Buffer.from(parts.join('').replaceAll(' ', ''), 'hex'))
const message = new DnsMessage()

function read(bytes: Uint8Array): boolean {
  return readDnsMessage(bytes, 0, bytes.length, message)
}

/** Owner name of a record, labels joined with dots. */
function name(record: number, from = message): string {
  const labels: string[] = []
  let at = from.nameOffset[record]!
  const end = at + from.nameLength[record]!
  while (at < end) {
    labels.push(Buffer.from(from.names.subarray(at + 1, at + 1 + from.names[at]!)).toString('latin1'))
    at += from.names[at]! + 1
  }
  return labels.join('.')
}

const issue = () => DECODE_ISSUE_NAMES[message.issue]

// A response for www.example.org: one question, a CNAME and an address, an authority, and EDNS.
const response = hex(
  'abcd 8180 0001 0002 0001 0001', // id; response, recursion; counts
  '03 777777 07 6578616d706c65 03 6f7267 00 0001 0001', // 12: www.example.org A IN
  'c00c 0005 0001 0000003c 0006 03 63646e c010', // www.example.org CNAME cdn.example.org
  'c02d 0001 0001 0000003c 0004 c0000201', // 45: the data above: cdn.example.org A 192.0.2.1
  'c010 0002 0001 00000e10 0005 02 6e73 c010', // example.org NS ns.example.org
  '00 0029 04d0 00000000 0000', // root OPT
)

describe('readDnsMessage', () => {
  it('reads every section of a response, with compressed names', () => {
    expect(read(response)).toBe(true)
    expect(message).toMatchObject({
      id: 0xabcd,
      isResponse: true,
      opcode: 0,
      responseCode: 0,
      recordCount: 5,
      issue: 0,
      isCut: false,
    })
    expect([0, 1, 2, 3, 4].map((row) => name(row))).toEqual([
      'www.example.org',
      'www.example.org',
      'cdn.example.org',
      'example.org',
      '',
    ])
    expect([...message.section.subarray(0, 5)]).toEqual([0, 1, 1, 2, 3])
    expect([...message.type.subarray(0, 5)]).toEqual([1, 5, 1, 2, 41])
    expect(message.section[2]).toBe(DnsSection.answer)
    expect([...response.subarray(message.dataOffset[2], message.dataOffset[2]! + 4)]).toEqual([192, 0, 2, 1])
    expect(message.timeToLive[3]).toBe(3600)
  })

  it('keeps what is whole when cut at any length, and says that it is cut', () => {
    let before = 0
    for (let length = 0; length < response.length; length++) {
      const bytes = response.subarray(0, length)
      expect(read(bytes)).toBe(length >= 12)
      expect(message.isCut || message.issue !== 0).toBe(true)
      expect(message.recordCount).toBeGreaterThanOrEqual(length >= 12 ? before : 0)
      before = message.recordCount
    }
    expect(before).toBe(4)
  })

  it('leaves nothing of the message before', () => {
    read(response)
    read(hex('0001 0100 0000 0000 0000 0000'))
    expect(message).toMatchObject({ id: 1, isResponse: false, recordCount: 0, issue: 0, isCut: false })
    expect([...message.claimed]).toEqual([0, 0, 0, 0])
  })

  it('refuses a pointer to itself, to a later place and back into its own labels', () => {
    const header = '0001 0000 0001 0000 0000 0000'
    read(hex(header, 'c00c 0001 0001'))
    expect(issue()).toBe('dns-pointer-loop')
    read(hex(header, 'c00e 0001 0001'))
    expect(issue()).toBe('dns-pointer-loop')
    // "a", then a pointer to that "a".
    read(hex(header, '01 61 c00c 0001 0001'))
    expect(issue()).toBe('dns-pointer-loop')
    expect(message.recordCount).toBe(0)
  })

  it('refuses two pointers that point at each other', () => {
    read(hex('0001 0000 0002 0000 0000 0000', '01 61 00 0001 0001', '01 62 c017 0001 0001', '01 63 c013'))
    expect(issue()).toBe('dns-pointer-loop')
    expect(message.recordCount).toBe(1)
  })

  it('follows 127 pointers of one name and no more', () => {
    // "a" at 12, then pointers that each lead to the one before.
    const chain = (count: number) =>
      Array.from({ length: count }, (_, i) => (i === 0 ? 'c00c' : (0xc000 + 13 + 2 * i).toString(16))).join(
        '',
      )
    const records = (count: number) =>
      hex('0001 0000 0001 0000 0000 0000', '01 61 00', chain(count), '0001 0001')
    // The chain is the question's end: its first pointer stands at 15, where a second name would start.
    const name = (count: number) => {
      const bytes = records(count)
      return readDnsName(bytes, 0, bytes.length, 15 + 2 * (count - 1), message.names, 0, message.cursor)
    }
    expect(name(127)).toBe(true)
    expect(message.cursor.length).toBe(2)
    expect(name(128)).toBe(false)
    expect(DECODE_ISSUE_NAMES[message.cursor.issue]).toBe('dns-pointer-loop')
  })

  it('refuses names beyond 255 bytes, also when pointers make them', () => {
    const label = `3f${'61'.repeat(63)}`
    read(hex('0001 0000 0001 0000 0000 0000', label.repeat(4), '00 0001 0001'))
    expect(issue()).toBe('dns-name-too-long')
    // 3 * 64 bytes, then 62 bytes in front of a pointer to them: 254 and the last zero.
    const first = `${label.repeat(3)}00 0001 0001`
    read(hex('0001 0000 0002 0000 0000 0000', first, `3d${'62'.repeat(61)}c00c 0001 0001`))
    expect([message.issue, message.recordCount, message.nameLength[1]]).toEqual([0, 2, 254])
    read(hex('0001 0000 0002 0000 0000 0000', first, `3e${'62'.repeat(62)}c00c 0001 0001`))
    expect(issue()).toBe('dns-name-too-long')
  })

  it('refuses labels of the two reserved kinds', () => {
    read(hex('0001 0000 0001 0000 0000 0000', '41 61 00 0001 0001'))
    expect(issue()).toBe('dns-bad-name')
    read(hex('0001 0000 0001 0000 0000 0000', '80 61 00 0001 0001'))
    expect(issue()).toBe('dns-bad-name')
  })

  it('does not take the second half of a pointer from behind the message', () => {
    const bytes = hex('0001 0000 0001 0000 0000 0000 01 61 c0', '05')
    readDnsMessage(bytes, 0, bytes.length - 1, message)
    expect(issue()).toBe('dns-bad-name')
  })

  it('believes no count: 65,535 answers that are not there cost nothing', () => {
    read(hex('0001 8000 0000 ffff ffff ffff'))
    expect([message.isCut, message.recordCount, message.claimed[1]]).toEqual([true, 0, 65_535])
  })

  it('stops at its limit of names, however many there are', () => {
    const question = '01 61 00 0001 0001'
    const answer = 'c00c 0001 0001 00000000 0004 01020304'
    const many = hex('0001 8000 0001 ffff 0000 0000', question, answer.repeat(4000))
    expect(many.length).toBeLessThan(65_536)
    read(many)
    expect([issue(), message.recordCount]).toEqual(['dns-too-many-names', DNS_RECORD_COUNT_MAX])
    expect(name(DNS_RECORD_COUNT_MAX - 1)).toBe('a')
  })

  it('says that a record is cut when its data is longer than the message', () => {
    read(hex('0001 8000 0000 0001 0000 0000', '00 0001 0001 00000000 ffff 01020304'))
    expect([message.isCut, message.recordCount]).toEqual([true, 0])
  })

  it('keeps any bytes of a label as they are', () => {
    read(hex('0001 0000 0001 0000 0000 0000', '05 00 2e ff 1b 41 00 0001 0001'))
    expect([...message.names.subarray(0, message.nameLength[0])]).toEqual([5, 0, 0x2e, 0xff, 0x1b, 0x41])
  })

  it('never reads beyond the message and never throws, whatever the bytes are', () => {
    const other = new DnsMessage()
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.nat(6), { maxLength: 4 }),
        (random, counts) => {
          const bytes = random.slice()
          // Small counts, so that more than the header is looked at.
          counts.forEach((count, i) => bytes.length >= 12 && bytes.set([0, count], 4 + 2 * i))
          const around = new Uint8Array(bytes.length + 300).fill(0x01)
          around.set(bytes, 5)
          expect(readDnsMessage(around, 5, bytes.length, other)).toBe(read(bytes))
          expect(message.recordCount).toBe(other.recordCount)
          expect([message.issue, message.isCut]).toEqual([other.issue, other.isCut])
          for (let row = 0; row < message.recordCount; row++) expect(name(row)).toBe(name(row, other))
        },
      ),
      { numRuns: 3000 },
    )
  })
})

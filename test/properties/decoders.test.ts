/**
 * Properties of every decoder and every reader of application messages, on arbitrary bytes (fast-check): nothing is thrown,
 * nothing beyond the given bytes has a say, what is found lies inside them, and the message before leaves nothing behind.
 * `NTA_PROPERTY_RUNS` sets how many inputs each gets.
 */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DhcpMessage, readDhcpMessage } from '../../src/engine/decode/application/dhcp-message.ts'
import { DnsMessage, readDnsMessage } from '../../src/engine/decode/application/dns-message.ts'
import { FtpDataPort, readFtpDataPort } from '../../src/engine/decode/application/ftp-data-port.ts'
import { HttpHead, readHttpHead } from '../../src/engine/decode/application/http-message.ts'
import { identifyByPayload } from '../../src/engine/decode/application/identify.ts'
import { JA4_LENGTH, writeJa4 } from '../../src/engine/decode/application/ja4.ts'
import { readBinaryLogin } from '../../src/engine/decode/application/login-of-binary.ts'
import { readLineLogin } from '../../src/engine/decode/application/login-of-line.ts'
import { LoginSign } from '../../src/engine/decode/application/login-sign.ts'
import { readTlsHello, TlsHello } from '../../src/engine/decode/application/tls-hello.ts'
import { decoderOf } from '../../src/engine/decode/decode-layer.ts'
import { linkProtocol } from '../../src/engine/decode/link/link-layer.ts'
import { Protocol, PROTOCOL_COUNT, type ProtocolName } from '../../src/engine/decode/protocol-table.ts'
import { displayText } from '../../src/engine/net/display-text.ts'
import { decode, decodeOne, expectInside, newPacket } from '../decoding.ts'
import { TOKENS } from '../fuzz/dictionary.data.ts'
import { concat, filled, range } from '../traffic/index.ts'

const RUNS = Number(process.env['NTA_PROPERTY_RUNS'] ?? 150)
function check<T>(property: fc.IProperty<T>, runsFactor = 1): void {
  fc.assert(property, { seed: 20_261_122, numRuns: RUNS * runsFactor })
}

/** Noise, runs of one byte, and words that mean something to a decoder. */
const anyBytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(...TOKENS),
      fc.tuple(fc.nat(60), fc.nat(255)).map(([length, value]) => filled(length, value)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => concat(...parts))
const anyMissing = fc.oneof(fc.constant(0), fc.nat(2_000))
/** Every one that is decoded, and one that is not. */
const LINK_TYPES = [...range(0, 400).filter((linkType) => linkProtocol(linkType) !== 0), 65_000]
const BEHIND = [0x00, 0xff, 0x45]

describe('a decoder', () => {
  it.each(Object.keys(decoderOf) as ProtocolName[])(
    'of %s stays inside its bytes and sees none beyond',
    (protocol) => {
      check(
        fc.property(anyBytes, anyMissing, fc.integer({ min: -1, max: 65_535 }), (bytes, missing, srcPort) => {
          const seen = BEHIND.map((behind) =>
            decodeOne(protocol, bytes, { missing, behind, row: { srcPort } }),
          )
          for (const one of seen) expect(one).toEqual(seen[0])
          expectInside(seen[0]!, bytes.length)
        }),
      )
    },
  )

  it.each(Object.keys(decoderOf) as ProtocolName[])(
    'of %s keeps nothing of the packet before',
    (protocol) => {
      check(
        fc.property(anyBytes, anyBytes, (before, bytes) => {
          const packet = newPacket()
          decodeOne(protocol, before, { packet, row: {} })
          expect(decodeOne(protocol, bytes, { packet, row: {} })).toEqual(
            decodeOne(protocol, bytes, { row: {} }),
          )
        }),
        0.1,
      )
    },
  )

  it('of whole frames does the same for every link type', () => {
    check(
      fc.property(anyBytes, fc.constantFrom(...LINK_TYPES), anyMissing, (bytes, linkType, missing) => {
        const seen = BEHIND.map((behind) => decode(bytes, linkType, { missing, behind }))
        for (const one of seen) expect(one).toEqual(seen[0])
        expectInside(seen[0]!, bytes.length)
      }),
      20,
    )
  })
})

/** A reader of messages: fills an object of its own, which is told as plain values. */
type MessageReader = (bytes: Uint8Array, offset: number, length: number) => object

const [dns, dhcp, http, tls, ftp, sign] = [
  new DnsMessage(),
  new DhcpMessage(),
  new HttpHead(),
  new TlsHello(),
  new FtpDataPort(),
  new LoginSign(),
]
const LINE_LOGINS = ['ftp', 'pop', 'imap', 'smtp', 'irc', 'telnet', 'http'] as const
const BINARY_LOGINS = ['smb', 'smb2', 'ldap', 'kerberos'] as const

const readers: Readonly<Record<string, MessageReader>> = {
  DNS: (...place) => ({ isRead: readDnsMessage(...place, dns), ...firstRecords(dns) }),
  DHCP: (...place) => Object.assign({ isRead: readDhcpMessage(...place, dhcp) }, dhcp),
  HTTP: (...place) => Object.assign({ isRead: readHttpHead(...place, http) }, http),
  'TLS hello': (...place) => ({ isRead: readTlsHello(...place, 4, tls), ...plain(tls) }),
  'DTLS hello': (...place) => ({ isRead: readTlsHello(...place, 12, tls), ...plain(tls) }),
  'FTP data port': (...place) => Object.assign({ isRead: readFtpDataPort(...place, ftp) }, ftp),
  'line login': (...place) =>
    LINE_LOGINS.map((name) => {
      sign.reset()
      return [readLineLogin(Protocol[name], ...place, sign), sign.kind, sign.user.slice(0, sign.userLength)]
    }),
  'binary login': (...place) =>
    BINARY_LOGINS.map((name) => {
      sign.reset()
      return [
        readBinaryLogin(Protocol[name], ...place, true, sign),
        sign.kind,
        sign.user.slice(0, sign.userLength),
      ]
    }),
  'application by payload': (...place) =>
    [6, 17].flatMap((ipProtocol) =>
      [9, 21, 53, 80, 443, 445].map((port) => {
        const found = identifyByPayload(...place, ipProtocol, 40_000, port)
        expect(found).toBeGreaterThanOrEqual(0)
        expect(found).toBeLessThan(PROTOCOL_COUNT)
        return found
      }),
    ),
  JA4: (bytes, offset, length) => {
    const into = new Uint8Array(JA4_LENGTH)
    readTlsHello(bytes, offset, length, 4, tls)
    writeJa4(tls, 't', bytes, into)
    return into
  },
  'text for people': (bytes, offset, length) => {
    const text = displayText(bytes, offset, length)
    expect(text.length).toBeLessThanOrEqual(256)
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u)
    return { text }
  },
}

/** Typed arrays up to the count that says how much of them is filled. */
function plain(hello: TlsHello): object {
  const {
    ciphers,
    cipherCount,
    extensions,
    extensionCount,
    signatureAlgorithms,
    signatureAlgorithmCount,
    ...rest
  } = hello
  return {
    ...rest,
    ciphers: ciphers.slice(0, cipherCount),
    extensions: extensions.slice(0, extensionCount),
    signatureAlgorithms: signatureAlgorithms.slice(0, signatureAlgorithmCount),
  }
}

function firstRecords(message: DnsMessage): object {
  const { recordCount, names, nameOffset, nameLength, claimed, id, issue, isCut } = message
  const { section, type, recordClass, timeToLive, dataOffset, dataLength } = message
  const columns = [section, type, recordClass, timeToLive, dataOffset, dataLength, nameOffset, nameLength]
  const last = recordCount - 1
  const nameBytes = recordCount === 0 ? 0 : nameOffset[last]! + nameLength[last]!
  return {
    columns: columns.map((column) => column.slice(0, recordCount)),
    names: names.slice(0, nameBytes),
    claimed,
    id,
    issue,
    isCut,
  }
}

/** Every `somethingOffset` that is set lies inside, together with its `somethingLength`. */
function expectOffsetsInside(found: object, start: number, end: number): void {
  const fields = found as Readonly<Record<string, unknown>>
  for (const [name, value] of Object.entries(fields)) {
    if (!name.endsWith('Offset') || typeof value !== 'number' || value === -1) continue
    const length = fields[name.replace(/Offset$/, 'Length')]
    expect(value, name).toBeGreaterThanOrEqual(start)
    if (typeof length === 'number') expect(value + length, name).toBeLessThanOrEqual(end)
  }
}

describe('the reader of', () => {
  const BEFORE = 5
  const placed = (bytes: Uint8Array, behind: number): Uint8Array =>
    concat(filled(BEFORE, behind), bytes, filled(40, behind))

  it.each(Object.entries(readers))('%s stays inside its bytes and sees none beyond', (_, read) => {
    check(
      fc.property(anyBytes, anyBytes, (before, bytes) => {
        const seen = BEHIND.map((behind) => {
          // The message before must not show through, whatever it was.
          read(before, 0, before.length)
          return structuredClone(read(placed(bytes, behind), BEFORE, bytes.length))
        })
        for (const one of seen) expect(one).toEqual(seen[0])
        expectOffsetsInside(seen[0]!, BEFORE, BEFORE + bytes.length)
      }),
      4,
    )
  })
})

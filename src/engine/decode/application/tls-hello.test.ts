import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DECODE_ISSUE_NAMES } from '../decode-issue.ts'
import { HelloKind, TlsHello, readTlsHello } from './tls-hello.ts'

const hex = (...parts: string[]) => Buffer.from(parts.join('').replaceAll(' ', ''), 'hex')
const u16 = (value: number) => value.toString(16).padStart(4, '0')
const hello = new TlsHello()

const TLS = 4
const DTLS = 12

function read(bytes: Uint8Array, header = TLS): boolean {
  return readTlsHello(bytes, 0, bytes.length, header, hello)
}

/** What a hello says, its lists as far as they were filled. */
function facts(from: TlsHello): unknown {
  return [
    from.kind,
    from.version,
    from.isComplete,
    from.issue,
    from.serverNameOffset,
    from.serverNameLength,
    from.alpnOffset,
    from.alpnLength,
    [...from.ciphers.subarray(0, from.cipherCount)],
    [...from.extensions.subarray(0, from.extensionCount)],
    [...from.signatureAlgorithms.subarray(0, from.signatureAlgorithmCount)],
  ]
}

/** Extension of a type with hexadecimal data. */
const extension = (type: number, data: string) =>
  `${u16(type)}${u16(data.replaceAll(' ', '').length / 2)}${data}`

function client(extensions: string, ciphers = '0a0a 1301 c02b 00ff'): Buffer {
  const list = hex(extensions)
  const suites = hex(ciphers)
  const body = hex(
    '0303', // version
    '11'.repeat(32), // random
    '02 abcd', // session id
    u16(suites.length),
    ciphers,
    '01 00', // compression: none
    u16(list.length),
    extensions,
  )
  return Buffer.concat([hex('01 00', u16(body.length)), body])
}

const serverName = extension(0, '0010 00 000d 7777772e6578616d706c652e6f'.replace('0010', '0010'))
const alpn = extension(16, '000c 02 6832 08 687474702f312e31')
const versions = extension(43, '06 1a1a 0304 0303')
const algorithms = extension(13, '0004 0403 0804')
const whole = client(extension(0x3a3a, '') + serverName + alpn + versions + algorithms)

describe('readTlsHello', () => {
  it('reads a client hello', () => {
    expect(read(whole)).toBe(true)
    expect(hello).toMatchObject({ kind: HelloKind.client, version: 0x0304, isComplete: true, issue: 0 })
    expect([...hello.ciphers.subarray(0, hello.cipherCount)]).toEqual([0x0a0a, 0x1301, 0xc02b, 0x00ff])
    expect([...hello.extensions.subarray(0, hello.extensionCount)]).toEqual([0x3a3a, 0, 16, 43, 13])
    expect([...hello.signatureAlgorithms.subarray(0, hello.signatureAlgorithmCount)]).toEqual([
      0x0403, 0x0804,
    ])
    expect(
      whole.toString('latin1', hello.serverNameOffset, hello.serverNameOffset + hello.serverNameLength),
    ).toBe('www.example.o')
    expect(whole.toString('latin1', hello.alpnOffset, hello.alpnOffset + hello.alpnLength)).toBe('h2')
  })

  it('reads a server hello and the version it chose', () => {
    const server = hex('02 00002e 0303', '22'.repeat(32), '00', '1302', '00', '0006', extension(43, '0304'))
    expect(read(server)).toBe(true)
    expect(hello).toMatchObject({ kind: HelloKind.server, version: 0x0304, cipherCount: 1, isComplete: true })
    expect(hello.ciphers[0]).toBe(0x1302)
    expect(read(hex('02 000026 0301', '22'.repeat(32), '00', '0035', '00'))).toBe(true)
    expect(hello).toMatchObject({ version: 0x0301, isComplete: true, extensionCount: 0 })
  })

  it('reads a hello of DTLS, with its cookie', () => {
    const body = hex('fefd', '11'.repeat(32), '00', '02 beef', '0002 c02b', '01 00', '0000')
    const datagram = Buffer.concat([
      hex('01', '00', u16(body.length), '0000 000000', '00', u16(body.length)),
      body,
    ])
    expect(read(datagram, DTLS)).toBe(true)
    expect(hello).toMatchObject({ version: 0xfefd, isComplete: true, cipherCount: 1 })
  })

  it('reads a hello without extensions', () => {
    const bare = hex('01 00002b 0300', '11'.repeat(32), '00', '0004 0004 0005', '01 00')
    expect(read(bare)).toBe(true)
    expect(hello).toMatchObject({ version: 0x0300, cipherCount: 2, extensionCount: 0, isComplete: true })
  })

  it('gives the server name from a hello that a segment cuts behind it, and no more than came', () => {
    const nameEnd = whole.indexOf('www.example.o') + 'www.example.o'.length
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length)
      const isRead = read(cut)
      expect(isRead).toBe(length >= 6)
      expect([hello.isComplete, hello.issue]).toEqual([false, 0])
      if (isRead) expect(hello.serverNameOffset !== -1).toBe(length >= nameEnd)
    }
  })

  it('names a hello whose own lengths do not fit', () => {
    // The server name says 14 bytes and its extension has room for 13.
    read(client(extension(0, '0010 00 000e 7777772e6578616d706c652e6f')))
    expect([DECODE_ISSUE_NAMES[hello.issue], hello.serverNameOffset]).toEqual(['bad-tls-handshake', -1])
    // The last extension is longer than the list.
    const lying = client(serverName + '0010ffff00')
    read(lying)
    expect([DECODE_ISSUE_NAMES[hello.issue], hello.isComplete]).toEqual(['bad-tls-handshake', false])
    // More cipher suites than message.
    const ciphers = Buffer.from(whole)
    ciphers.writeUInt16BE(0xfffe, 4 + 2 + 32 + 3)
    read(ciphers)
    expect(hello.isComplete).toBe(false)
  })

  it('does not read other handshake messages', () => {
    expect(read(hex('0b 000004 00000000'))).toBe(false)
    expect(hello.kind).toBe(HelloKind.none)
    expect(read(hex('01'))).toBe(false)
  })

  it('leaves nothing of the hello before', () => {
    read(whole)
    read(hex('02 000026 0301', '22'.repeat(32), '00', '0035', '00'))
    expect(hello).toMatchObject({
      serverNameOffset: -1,
      alpnOffset: -1,
      extensionCount: 0,
      signatureAlgorithmCount: 0,
    })
  })

  it('keeps inside the payload with any byte of a hello changed', () => {
    const other = new TlsHello()
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        fc.nat(255),
        fc.nat(whole.length),
        fc.constantFrom(TLS, DTLS),
        (at, value, length, header) => {
          const bytes = Buffer.from(whole)
          bytes[at] = value
          const around = new Uint8Array(whole.length + 70_000).fill(1)
          around.set(bytes.subarray(0, length))
          expect(readTlsHello(around, 0, length, header, other)).toBe(
            readTlsHello(bytes.subarray(0, length), 0, length, header, hello),
          )
          expect(facts(other)).toEqual(facts(hello))
          expect(hello.serverNameOffset + hello.serverNameLength).toBeLessThanOrEqual(length)
          expect(hello.alpnOffset + hello.alpnLength).toBeLessThanOrEqual(length)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('does not overflow its lists', () => {
    read(client('', '1301'.repeat(2000)))
    expect(hello).toMatchObject({ isComplete: true, cipherCount: 512 })
    read(client(extension(13, `0800${'0403'.repeat(1024)}`) + '00170000'.repeat(3000)))
    expect(hello).toMatchObject({ isComplete: true, extensionCount: 256, signatureAlgorithmCount: 128 })
  })
})

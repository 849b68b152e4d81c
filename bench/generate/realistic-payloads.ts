/** What conversations of the realistic capture say: opening messages of TLS, HTTP, SSH, SMTP, QUIC, NTP and DNS, and bulk. */

import { concat, dnsAnswer, dnsQuery, filled, text, type Random } from '../../test/traffic/index.ts'

export interface Payloads {
  /** One of each host name. */
  readonly clientHello: readonly Uint8Array[]
  readonly httpRequest: readonly Uint8Array[]
  readonly dnsQuery: readonly Uint8Array[]
  readonly dnsAnswer: readonly Uint8Array[]
  readonly serverHello: Uint8Array
  readonly httpResponse: Uint8Array
  readonly sshBanner: Uint8Array
  readonly quicInitial: Uint8Array
  readonly ntpRequest: Uint8Array
  readonly ntpResponse: Uint8Array
  /** Bytes without pattern, as ciphers give, and words, as web pages hold. Take slices at any offset below BULK_START_MAX. */
  readonly noise: Uint8Array
  readonly words: Uint8Array
}

/**
 * Slices of `noise` and `words` may start anywhere below this. Far more than the windows of gzip (32 KiB) and zstd (2 MiB): from a
 * shorter stretch, what stands for encrypted data would compress to a tenth.
 */
export const BULK_START_MAX = 1 << 24
const BULK_LENGTH = BULK_START_MAX + 1500
const WORDS =
  'the traffic of a network is read by frames and every frame has a time and a length <p> </p> class div'

export function makePayloads(random: Random): Payloads {
  const names = Array.from(
    { length: 64 },
    (_, i) => `${random.pick(['www', 'api', 'cdn', 'mail'])}${i}.example.test`,
  )
  const noise = random.bytes(BULK_LENGTH)
  return {
    clientHello: names.map((name) => clientHello(name, noise)),
    httpRequest: names.map((name, i) =>
      text(`GET /page/${i} HTTP/1.1\r\nHost: ${name}\r\nUser-Agent: Mozilla/5.0\r\nAccept: */*\r\n\r\n`),
    ),
    dnsQuery: names.map((name, i) => dnsQuery({ id: 0, name, type: i % 3 === 0 ? 28 : 1 })),
    dnsAnswer: names.map((name, i) => {
      const addresses = i % 3 === 0 ? ['2001:db8:2::9'] : ['23.1.2.3', '23.1.2.4']
      const question = { id: 0, name, type: i % 3 === 0 ? 28 : 1 }
      return i % 16 === 15 ? dnsAnswer(question, { responseCode: 3 }) : dnsAnswer(question, { addresses })
    }),
    serverHello: concat(
      record(22, concat(Uint8Array.of(2, 0, 0, 70, 3, 3), noise.slice(0, 68))),
      noise.slice(99, 1099),
    ),
    httpResponse: text('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n'),
    sshBanner: text('SSH-2.0-OpenSSH_9.6\r\n'),
    // Long header, version 1, two connection ids of 8 bytes, no token, protected (RFC 9000 section 17.2.2).
    quicInitial: concat(
      Uint8Array.of(0xc3, 0, 0, 0, 1, 8),
      noise.slice(7, 15),
      Uint8Array.of(8),
      noise.slice(70, 78),
      Uint8Array.of(0, 0x44, 0x9e),
      noise.slice(200, 1374),
    ),
    ntpRequest: concat(Uint8Array.of(0x23, 0, 6, 0xec), filled(44)),
    ntpResponse: concat(Uint8Array.of(0x24, 2, 6, 0xec), noise.slice(300, 344)),
    noise,
    words: repeated(text(`${WORDS} `), BULK_LENGTH),
  }
}

/** A TLS 1.3 client hello with a server name (RFC 8446 section 4.1.2, RFC 6066 section 3). */
function clientHello(name: string, noise: Uint8Array): Uint8Array {
  const host = text(name)
  const serverName = extension(
    0,
    concat(uint16(host.length + 3), Uint8Array.of(0), uint16(host.length), host),
  )
  const versions = extension(43, Uint8Array.of(4, 3, 4, 3, 3))
  const keyShare = extension(51, concat(uint16(36), Uint8Array.of(0, 29, 0, 32), noise.slice(500, 532)))
  const padding = extension(21, filled(180))
  const extensions = concat(serverName, versions, keyShare, padding)
  const body = concat(
    Uint8Array.of(3, 3),
    noise.slice(0, 32),
    Uint8Array.of(32),
    noise.slice(32, 64),
    Uint8Array.of(0, 6, 0x13, 1, 0x13, 2, 0x13, 3, 1, 0),
    uint16(extensions.length),
    extensions,
  )
  return record(22, concat(Uint8Array.of(1, 0), uint16(body.length), body))
}

function record(type: number, body: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(type, 3, 3), uint16(body.length), body)
}

function extension(type: number, body: Uint8Array): Uint8Array {
  return concat(uint16(type), uint16(body.length), body)
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff)
}

function repeated(piece: Uint8Array, length: number): Uint8Array {
  const result = new Uint8Array(length)
  for (let at = 0; at < length; at += piece.length) result.set(piece.subarray(0, length - at), at)
  return result
}

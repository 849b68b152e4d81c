import { describe, expect, it } from 'vitest'
import { JA4_LENGTH, writeJa4 } from './ja4.ts'
import { TlsHello } from './tls-hello.ts'

interface HelloForm {
  readonly version?: number
  readonly ciphers?: string
  readonly extensions?: string
  readonly algorithms?: string
  readonly alpn?: string
}

/** The fingerprint of a hello given by its lists, in the raw form the specification writes them in. */
function ja4(form: HelloForm, transport: 't' | 'd' | 'q' = 't'): string {
  const hello = new TlsHello()
  const list = (text: string | undefined, into: Uint16Array) => {
    const values =
      text === undefined || text === '' ? [] : text.split(',').map((value) => parseInt(value, 16))
    into.set(values)
    return values.length
  }
  hello.version = form.version ?? 0x0304
  hello.cipherCount = list(form.ciphers, hello.ciphers)
  hello.extensionCount = list(form.extensions, hello.extensions)
  hello.signatureAlgorithmCount = list(form.algorithms, hello.signatureAlgorithms)
  const bytes = Buffer.from(form.alpn ?? '', 'latin1')
  if (bytes.length > 0) [hello.alpnOffset, hello.alpnLength] = [0, bytes.length]
  const into = new Uint8Array(JA4_LENGTH)
  writeJa4(hello, transport, bytes, into)
  return Buffer.from(into).toString('latin1')
}

// The example of FoxIO's technical details (technical_details/JA4.md), in the order of its "original" form.
const example: HelloForm = {
  ciphers: '1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035',
  extensions: '001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015',
  algorithms: '0403,0804,0401,0503,0805,0501,0806,0601',
  alpn: 'h2',
}

describe('writeJa4', () => {
  it('gives the fingerprint of the published example', () => {
    expect(ja4(example)).toBe('t13d1516h2_8daaf6152771_e5627efa2ab1')
  })

  it('gives the fingerprint of a newer browser whose lists and fingerprint are published together', () => {
    const extensions = '002d,0033,0010,fe0d,0017,44cd,0000,000b,000a,002b,ff01,0023,0012,0005,000d,001b'
    expect(ja4({ ...example, extensions })).toBe('t13d1516h2_8daaf6152771_d8a2da3f94cd')
  })

  it('does not see greased values anywhere', () => {
    const greased = {
      ...example,
      ciphers: `0a0a,${example.ciphers},fafa`,
      extensions: `1a1a,${example.extensions},dada`,
      algorithms: `2a2a,${example.algorithms}`,
    }
    expect(ja4(greased)).toBe(ja4(example))
  })

  it('ends the third part without an underscore when there are no signature algorithms', () => {
    expect(ja4({ ...example, algorithms: '' }).slice(24)).toBe('6d807ffa2a79')
  })

  it('says zeros where a list is empty', () => {
    expect(ja4({ version: 0x0301 })).toBe('t10i000000_000000000000_000000000000')
    expect(ja4({ extensions: '0000,0010', alpn: 'h2' })).toBe('t13d0002h2_000000000000_000000000000')
  })

  it('writes versions, transports and counts as the specification does', () => {
    expect(ja4({ version: 0x0300 }).slice(0, 4)).toBe('ts3i')
    expect(ja4({ version: 0x0002 }).slice(0, 4)).toBe('ts2i')
    expect(ja4({ version: 0xfefd }, 'd').slice(0, 4)).toBe('dd2i')
    expect(ja4({ version: 0x7f1c }, 'q').slice(0, 4)).toBe('q00i')
    const many = Array.from({ length: 120 }, (_, i) => (0x1400 + i).toString(16)).join(',')
    expect(ja4({ ciphers: many }).slice(4, 6)).toBe('99')
  })

  it.each([
    ['\xab', 'ab'],
    ['\xab\xcd', 'ad'],
    ['\x30\xab', '3b'],
    ['\x30\x31\xab\xcd', '3d'],
    ['\x30\xab\xcd\x31', '01'],
    ['x', 'xx'],
    ['http/1.1', 'h1'],
    ['', '00'],
  ])('writes the protocol %j as %s', (alpn, written) => {
    expect(ja4({ alpn }).slice(8, 10)).toBe(written)
  })
})

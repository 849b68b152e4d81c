import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FtpDataPort, readFtpDataPort } from './ftp-data-port.ts'

const data = new FtpDataPort()

function read(line: string): { port: number; address: number } | null {
  const bytes = Buffer.from(line, 'latin1')
  return readFtpDataPort(bytes, 0, bytes.length, data)
    ? { port: data.port, address: data.address >>> 0 }
    : null
}

describe('readFtpDataPort', () => {
  it('reads the four ways to name a port', () => {
    expect(read('PORT 192,0,2,1,19,137\r\n')).toEqual({ port: 5001, address: 0xc0000201 })
    expect(read('227 Entering Passive Mode (192,0,2,9,195,80)\r\n')).toEqual({
      port: 50_000,
      address: 0xc0000209,
    })
    expect(read('227 Entering Passive Mode 192,0,2,9,195,80.\r\n')).toEqual({
      port: 50_000,
      address: 0xc0000209,
    })
    expect(read('229 Entering Extended Passive Mode (|||6446|)\r\n')).toEqual({ port: 6446, address: 0 })
    expect(read('EPRT |2|2001:db8::1|5282|\r\n')).toEqual({ port: 5282, address: 0 })
  })

  it('reads nothing from what is malformed or says something else', () => {
    for (const line of [
      'PORT 192,0,2,1,19\r\n',
      'PORT 192,0,2,256,19,137\r\n',
      'PORT 192,0,2,1,0,0\r\n',
      'PORT 1,2,3,4,5,6',
      '227 Entering Passive Mode\r\n',
      '229 Extended Passive Mode (|||65536|)\r\n',
      '229 Extended Passive Mode (|||0|)\r\n',
      '229 (|||6446\r\n',
      'EPRT |1|192.0.2.1|\r\n',
      '200 PORT command successful\r\n',
      '',
    ]) {
      expect(read(line), line).toBeNull()
    }
  })

  it('never throws, and gives ports that exist', () => {
    const piece = fc.constantFrom(
      'PORT ',
      'EPRT ',
      '227 ',
      '229 ',
      '(',
      ')',
      '|',
      ',',
      '1',
      '255',
      '999',
      ' ',
      '\r\n',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const found = read(pieces.join(''))
        if (found !== null) {
          expect(found.port).toBeGreaterThan(0)
          expect(found.port).toBeLessThan(65_536)
        }
      }),
      { numRuns: 3000 },
    )
  })
})

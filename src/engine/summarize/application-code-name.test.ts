import { describe, expect, it } from 'vitest'
import { CODE_TABLES } from '../aggregate/application/tally-table.ts'
import { PROTOCOL_NAMES } from '../decode/protocol-table.ts'
import { applicationCodeName } from './application-code-name.ts'

describe('applicationCodeName', () => {
  it('names what the registries name', () => {
    expect(applicationCodeName('dns', 'queryTypes', 28)).toBe('AAAA')
    expect(applicationCodeName('dns', 'responseCodes', 3)).toBe('NXDOMAIN')
    expect(applicationCodeName('tls', 'versions', 0x0304)).toBe('TLS 1.3')
    expect(applicationCodeName('tls', 'cipherSuites', 0x1301)).toBe('TLS_AES_128_GCM_SHA256')
    expect(applicationCodeName('http', 'methods', 0)).toBe('GET')
    expect(applicationCodeName('http', 'statusCodes', 404)).toBe('404')
    expect(applicationCodeName('smb2', 'statuses', 0xc000006d | 0)).toBe('STATUS_LOGON_FAILURE')
    expect(applicationCodeName('modbus', 'functionCodes', 0x83)).toBe('Read Holding Registers exception')
    expect(applicationCodeName('coap', 'messageTypes', 0x45)).toBe('2.05')
    expect(applicationCodeName('quic', 'versions', 0xff00001d | 0)).toBe('draft 29')
    expect(applicationCodeName('gquic', 'versions', 0x51303433)).toBe('Q043')
  })

  it('shows what has no name as a number, in the base people know it by', () => {
    expect(applicationCodeName('dns', 'queryTypes', 65_280)).toBe('65280')
    expect(applicationCodeName('tls', 'cipherSuites', 0xfefe)).toBe('0xfefe')
    expect(applicationCodeName('smb2', 'statuses', 0xc0ffee00 | 0)).toBe('0xc0ffee00')
    expect(applicationCodeName('ntp', 'versions', 4)).toBe('4')
    expect(applicationCodeName('quic', 'versions', 0x1a2a3a4a)).toBe('0x1a2a3a4a')
  })

  it('never gives two codes of a table the same text', () => {
    for (const protocol of PROTOCOL_NAMES) {
      for (const table of CODE_TABLES) {
        const texts = new Set<string>()
        for (let code = 0; code < 256; code++) texts.add(applicationCodeName(protocol, table, code))
        expect(texts.size, `${protocol} ${table}`).toBe(256)
      }
    }
  })
})

import { describe, expect, it } from 'vitest'
import { decodeOne } from '../../../test/decoding.ts'
import { filled } from '../../../test/traffic/index.ts'
import { decoderOf } from './decode-layer.ts'
import { PROTOCOL_COUNT, PROTOCOL_NAMES, type ProtocolName } from './protocol-table.ts'

describe('the protocol table', () => {
  it('has numbers that fit the byte they are kept in', () => {
    expect(PROTOCOL_COUNT).toBeLessThanOrEqual(256)
  })

  it('has no name twice', () => {
    expect(PROTOCOL_NAMES.filter((name, index) => PROTOCOL_NAMES.indexOf(name) !== index)).toEqual([])
  })
})

describe('decodeLayer', () => {
  const row = { ipVersion: 4, ipProtocol: 17 }

  it.each(Object.keys(decoderOf))('reads %s, even from nothing', (name) => {
    const decoded = decodeOne(name as ProtocolName, new Uint8Array(0), { row })
    expect(decoded).toMatchObject({ offset: 0, end: 0 })
  })

  it('gives the bytes of a leaf to the row of the packet that carries it', () => {
    expect(decodeOne('ospf', filled(30), { row, missing: 7 })).toMatchObject({
      next: 'none',
      rows: [{ path: 'ospf', payloadOffset: 0, payloadLength: 30, payloadWireLength: 37 }],
    })
  })

  it('needs no row for a leaf of the link', () => {
    expect(decodeOne('lldp', filled(30))).toMatchObject({ next: 'none', rows: [], issues: [] })
  })

  it('knows no tunnel by name alone: their names stand in rows, not on paths', () => {
    for (const tunnel of ['ipip', '6in4', '4in6']) expect(Object.keys(decoderOf)).not.toContain(tunnel)
  })
})

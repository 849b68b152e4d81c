import { describe, expect, it } from 'vitest'
import { PROTOCOL_NAMES, Protocol, type ProtocolName } from '../protocol-table.ts'
import { carriersOf } from './carrier-table.ts'

const named = (application: ProtocolName) =>
  carriersOf(Protocol[application]).map((carrier) => PROTOCOL_NAMES[carrier])

describe('carriersOf', () => {
  it('gives the framings of an application from the outside in', () => {
    expect(named('s7comm')).toEqual(['tpkt', 'cotp'])
    expect(named('smb2')).toEqual(['nbss'])
  })

  it('gives nothing for applications that stand on their transport', () => {
    expect(named('http')).toEqual([])
    expect(carriersOf(255)).toEqual([])
  })
})

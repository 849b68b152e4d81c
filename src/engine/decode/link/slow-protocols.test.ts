import { describe, expect, it } from 'vitest'
import { decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes } from '../../../../test/traffic/index.ts'

describe('decodeSlowProtocol', () => {
  itKeepsItsPromises('slow', bytes('01 01 01 14  link aggregation, version 1, actor of twenty bytes'))

  it('tells link aggregation from the rest', () => {
    expect(decodeOne('slow', bytes('0101')).next).toBe('lacp')
    expect(decodeOne('slow', bytes('0a01')).next).toBe('data')
    expect(decodeOne('slow', new Uint8Array(0)).next).toBe('none')
  })
})

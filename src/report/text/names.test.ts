/** Names of fields as words. */

import { describe, expect, it } from 'vitest'
import { fieldHeading, heading, unitOf, words } from './names.ts'

describe('a name', () => {
  it.each([
    ['verticalPortCount', 'vertical port count'],
    ['host-sweep', 'host sweep'],
    ['__proto__', ' proto '],
  ])('%s becomes %j', (name, said) => {
    expect(words(name)).toBe(said)
  })

  it('starts a heading with a capital', () => {
    expect(heading('queryNames')).toBe('Query names')
  })

  it.each([
    ['windowSeconds', 's', 'Window'],
    ['byteCount', 'B', 'Byte count'],
    ['sentBytes', 'B', 'Sent bytes'],
    ['idleNs', 'ns', 'Idle'],
    ['portCount', '', 'Port count'],
    ['seconds', 's', 'Seconds'],
  ])('%s has the unit %j and the heading %s', (name, unit, said) => {
    expect(unitOf(name)).toBe(unit)
    expect(fieldHeading(name)).toBe(said)
  })
})

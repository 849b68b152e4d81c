import { describe, expect, it } from 'vitest'
import { portList } from './port-list.ts'

describe('a list of ports', () => {
  it.each([
    ['21-25,80,443', 500, '21-25, 80, 443'],
    ['21-25,80,443,8000-8099', 10, '21-25, 80 and 101 more ports'],
    ['1-10,20', 5, '1-10 and 1 more port'],
    ['80', 500, '80'],
  ])('of %s within %d characters reads %s', (ports, lengthMax, said) => {
    expect(portList(ports, lengthMax)).toBe(said)
  })

  it('that holds something else is cut as any text', () => {
    expect(portList(`x${'y'.repeat(20)}`, 5)).toBe('xyyyy… (21 characters in all)')
  })
})

import { expect, it } from 'vitest'
import { dismissalName, dismissalWord } from './field-words.ts'

it('names a reason in a column by what tells it from others, and whole in its tip', () => {
  expect(dismissalName('answered')).toBe('answered')
  expect(dismissalWord('answered')).toContain('answered: most of what it asked')
  expect(dismissalName('one-way-capture')).toBe('one direction only was captured')
  expect(dismissalName('too-short-to-judge')).toBe('too short to judge')
})

import { describe, expect, it } from 'vitest'
import { outcomeOfRun, playwrightOutcome, vitestOutcome } from './test-outcome.ts'

describe('vitestOutcome', () => {
  it('counts passed and failed tests, and names the skipped ones', () => {
    const report = {
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { fullName: 'a works', status: 'passed' },
            { fullName: 'a breaks', status: 'failed' },
            { fullName: 'a waits', status: 'skipped' },
            { fullName: 'a will', status: 'todo' },
          ],
        },
      ],
    }
    expect(vitestOutcome(JSON.stringify(report))).toEqual({
      passedCount: 1,
      failedCount: 1,
      skipped: ['a waits', 'a will'],
    })
  })

  it('counts a file that failed before its first test', () => {
    const report = { testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }] }
    expect(vitestOutcome(JSON.stringify(report)).failedCount).toBe(1)
  })
})

describe('playwrightOutcome', () => {
  it('counts specs of nested suites, and errors outside any', () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] })
    const report = {
      suites: [
        {
          title: 'web.spec.ts',
          specs: [spec('opens', 'expected'), spec('wobbles', 'flaky')],
          suites: [{ title: 'desktop', specs: [spec('starts', 'skipped'), spec('quits', 'unexpected')] }],
        },
      ],
      errors: [{ message: 'no server' }],
    }
    expect(playwrightOutcome(JSON.stringify(report))).toEqual({
      passedCount: 1,
      failedCount: 3,
      skipped: ['web.spec.ts › desktop › starts'],
    })
  })
})

describe('outcomeOfRun', () => {
  const clean = () => ({ passedCount: 2, failedCount: 0, skipped: [] })

  it('is a failure when the runner left no report', () => {
    expect(outcomeOfRun(0, 'no-such-file.json', clean).failedCount).toBe(1)
  })

  it('is a failure when the runner ended badly though every test passed', () => {
    expect(outcomeOfRun(1, import.meta.filename, clean).failedCount).toBe(1)
    expect(outcomeOfRun(0, import.meta.filename, clean).failedCount).toBe(0)
  })
})

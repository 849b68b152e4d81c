/** What a test runner's JSON report says, as counts and the names of what was skipped. */

import { readFileSync } from 'node:fs'

export type Outcome = {
  readonly passedCount: number
  readonly failedCount: number
  /** Full names, so that what did not run is never hidden behind a number. */
  readonly skipped: readonly string[]
}

type VitestReport = {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/**
 * Counts a report of `vitest --reporter=json`. A file that failed before its first test counts as one failure,
 * which the report's own totals leave out.
 */
export function vitestOutcome(text: string): Outcome {
  const { testResults } = JSON.parse(text) as VitestReport
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passedCount: tests.filter(({ status }) => status === 'passed').length,
    failedCount: tests.filter(({ status }) => status === 'failed').length + brokenFiles.length,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => fullName),
  }
}

type PlaywrightSuite = {
  readonly title: string
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs: readonly {
    readonly title: string
    readonly tests: readonly { readonly status: string }[]
  }[]
}
type PlaywrightReport = { readonly suites: readonly PlaywrightSuite[]; readonly errors: readonly unknown[] }

/** Counts a report of `playwright test --reporter=json`. Errors outside any test count as failures. */
export function playwrightOutcome(text: string): Outcome {
  const report = JSON.parse(text) as PlaywrightReport
  const tests = report.suites.flatMap((suite) => testsOf(suite, ''))
  return {
    passedCount: tests.filter(({ status }) => status === 'expected').length,
    failedCount:
      tests.filter(({ status }) => status === 'unexpected' || status === 'flaky').length +
      report.errors.length,
    skipped: tests.filter(({ status }) => status === 'skipped').map(({ name }) => name),
  }
}

function testsOf(
  suite: PlaywrightSuite,
  parent: string,
): { readonly name: string; readonly status: string }[] {
  const name = `${parent}${suite.title} › `
  return [
    ...suite.specs.flatMap(({ title, tests }) => tests.map(({ status }) => ({ name: name + title, status }))),
    ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, name)),
  ]
}

/** The outcome of a run whose report may be missing: whoever ended badly without a failed test has failed once. */
export function outcomeOfRun(
  exitStatus: number,
  reportFile: string,
  read: (text: string) => Outcome,
): Outcome {
  const outcome = readOutcome(reportFile, read)
  const hidesFailure = exitStatus !== 0 && outcome.failedCount === 0
  return hidesFailure ? { ...outcome, failedCount: 1 } : outcome
}

function readOutcome(reportFile: string, read: (text: string) => Outcome): Outcome {
  try {
    return read(readFileSync(reportFile, 'utf8'))
  } catch {
    return { passedCount: 0, failedCount: 1, skipped: [] }
  }
}

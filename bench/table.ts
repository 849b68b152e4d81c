/** Results as a Markdown table, and that table's place in README.md between its two markers. */

import type { Result } from './compare.ts'
import { nta, type Mix } from './programs.ts'

const BEGIN = '<!-- measured: begin -->'
const END = '<!-- measured: end -->'

export interface Measured {
  readonly machine: string
  readonly rounds: number
  readonly results: Readonly<Record<Mix, readonly Result[]>>
  /** Programs that did not run, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
}

/** One row a program, the fastest on the realistic capture first. Ratios are to nta, or to cat where nta is missing. */
export function measuredTable({ machine, rounds, results, skipped }: Measured): string {
  const yardstick = results.realistic.some(({ program }) => program === nta) ? 'nta' : 'cat'
  const rows = [...results.realistic]
    .sort((a, b) => (a.wallSeconds ?? Infinity) - (b.wallSeconds ?? Infinity))
    .map((realistic) => {
      const small = results.small.find(({ program }) => program === realistic.program)
      const name = realistic.program === nta ? `**${nta.name}**` : realistic.program.name
      const figures = [
        ...cells(realistic, results.realistic, yardstick, rounds),
        ...cells(small, results.small, yardstick, rounds),
      ]
      return row([name, realistic.program.does, ...figures])
    })
  const heads = (mix: Mix): string[] => [`${mix}, s`, `× ${yardstick}`, 'CPU s', 'MiB']
  const lines = [
    `${machine}. ${rounds === 1 ? 'Each program ran once.' : `Medians of ${rounds} rounds taken in turn; what is marked ¹ ran once.`}`,
    'Times marked ≈ were measured on a slice and scaled up by length; their memory is that of the slice.',
    'CPU s is the processor time of all threads, which other work on the machine disturbs less than the clock.',
    '',
    row(['Program', 'What it does', ...heads('realistic'), ...heads('small')]),
    row(['---', '---', ...new Array<string>(8).fill('--:')]),
    ...rows,
  ]
  if (skipped.length > 0) {
    lines.push('', `Not run: ${skipped.map(({ name, reason }) => `${name} (${reason})`).join('; ')}.`)
  }
  return lines.join('\n')
}

/** `readme` with `table` between the markers. Throws when a marker is missing. */
export function withTable(readme: string, table: string): string {
  const begin = readme.indexOf(BEGIN)
  const end = readme.indexOf(END)
  if (begin < 0 || end < begin)
    throw new Error(`README.md lacks ${BEGIN} and ${END} around the measured table`)
  return `${readme.slice(0, begin)}${BEGIN}\n\n${table}\n\n${readme.slice(end)}`
}

function cells(
  result: Result | undefined,
  all: readonly Result[],
  yardstick: string,
  rounds: number,
): string[] {
  if (!result) return ['–', '–', '–', '–']
  if (result.wallSeconds === null) return [result.failure ?? '–', '–', '–', '–']
  const base = all.find(({ program }) => program.name === yardstick)?.wallSeconds
  const once = result.roundCount === 1 && rounds > 1 ? ' ¹' : ''
  const about = result.scale === 1 ? '' : '≈ '
  return [
    `${about}${result.wallSeconds.toFixed(2)}${once}`,
    base ? (result.wallSeconds / base).toFixed(1) : '–',
    result.cpuSeconds === null ? '–' : result.cpuSeconds.toFixed(1),
    result.peakMib === null ? '–' : Math.round(result.peakMib).toString(),
  ]
}

function row(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`
}

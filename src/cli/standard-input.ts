/** Where `-` on a command line may stand for standard input, and what is said where it may not. */

import { STANDARD_INPUT, STANDARD_INPUT_NAME, type StandardInput } from '../node/capture/standard-input.ts'

export { STANDARD_INPUT }

/** What an analysis of `captures` needs of it: touched only when it is named, as whoever touches it takes bytes from it. */
export function standardInputFor(captures: readonly string[]): { readonly standardInput?: StandardInput } {
  return captures.includes(STANDARD_INPUT) ? { standardInput: process.stdin } : {}
}

/** A capture or part of the command line as messages name it. */
export function inputName(path: string): string {
  return path === STANDARD_INPUT ? STANDARD_INPUT_NAME : path
}

/** What is wrong when standard input is named where files are read more than once; null when it is not. */
export function standardInputRefused(operands: readonly string[]): string | null {
  if (!operands.includes(STANDARD_INPUT)) return null
  return 'Standard input can be read once, and this command comes back to what it reads. Save it to a file and name that; nta analyze and nta verify read captures from standard input.'
}

/** What is wrong with naming standard input among the captures of an analysis; null when nothing is. */
export function standardInputRepeated(captures: readonly string[]): string | null {
  const count = captures.filter((path) => path === STANDARD_INPUT).length
  return count > 1
    ? `Standard input can be read once, and ${STANDARD_INPUT} is named ${String(count)} times.`
    : null
}

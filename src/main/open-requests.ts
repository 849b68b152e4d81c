/** Captures that somebody outside asks for: arguments, file:// addresses, a double-click, a second start. */

import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The captures among the arguments of a start. Electron and Chromium have arguments of their own, all with a dash; the
 * first arguments are the program and, unpackaged, its folder. `workingFolder` is where the person stood.
 */
export function capturesOfArguments(
  argv: readonly string[],
  workingFolder: string,
  isPackaged: boolean,
): string[] {
  const own = argv.slice(isPackaged ? 1 : 2)
  const paths: string[] = []
  let areOptionsOver = false
  for (const argument of own) {
    if (argument === '--' && !areOptionsOver) areOptionsOver = true
    else if (argument !== '' && (areOptionsOver || !argument.startsWith('-'))) {
      const path = pathOf(argument, workingFolder)
      if (path !== null) paths.push(path)
    }
  }
  return paths
}

/** A path as it was given, or of a file:// address, which desktops hand over. Null for what is neither. */
function pathOf(argument: string, workingFolder: string): string | null {
  if (/^file:\/\//i.test(argument)) {
    try {
      return fileURLToPath(argument)
    } catch {
      // A file of another machine, or an address that was cut.
      return null
    }
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(argument)) return null
  return isAbsolute(argument) ? argument : resolve(workingFolder, argument)
}

/** Keeps requests that come before there is anything to open them with, as macOS sends them. */
export class OpenRequests {
  #waiting: (readonly string[])[] = []
  #open: ((paths: readonly string[]) => void) | null = null

  ask(paths: readonly string[]): void {
    if (paths.length === 0) return
    if (this.#open === null) this.#waiting.push(paths)
    else this.#open(paths)
  }

  /** From now on `open` answers, first what has been waiting. True when something had been. */
  start(open: (paths: readonly string[]) => void): boolean {
    this.#open = open
    const waiting = this.#waiting
    this.#waiting = []
    for (const paths of waiting) open(paths)
    return waiting.length > 0
  }
}

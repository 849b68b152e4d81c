#!/usr/bin/env node
/** The command `nta`: picks the verb, and turns what it returns into an exit status. */

import { ExitStatus } from './exit-status.ts'
import { COMMAND_USAGE, USAGE } from './usage.ts'
import { TOOL_VERSION } from '../node/tool-version.ts'

type Command = (args: readonly string[]) => Promise<number>

/** Loaded when asked for: no verb waits for the code of another. */
const commands: Readonly<Record<string, Command>> = {
  analyze: async (args) => (await import('./analyze-command.ts')).analyzeCommand(args),
  merge: async (args) => (await import('./merge-command.ts')).mergeCommand(args),
  serve: async (args) => (await import('./serve.ts')).serveCommand(args),
  verify: async (args) => (await import('./verify-command.ts')).verifyCommand(args),
  rules: async (args) => (await import('./rules-command.ts')).rulesCommand(args),
}

/** Behind `--` everything is the name of a file. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')
}

async function main(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args
  if (verb === '--version' || verb === '-V') {
    process.stdout.write(`nta ${TOOL_VERSION}\n`)
    return ExitStatus.analysed
  }
  const topic = verb === 'help' ? rest[0] : asksForHelp(rest) ? verb : undefined
  if (topic !== undefined && Object.hasOwn(COMMAND_USAGE, topic)) {
    process.stdout.write(COMMAND_USAGE[topic]!)
    return ExitStatus.analysed
  }
  if (verb === '--help' || verb === '-h' || verb === 'help') {
    process.stdout.write(USAGE)
    return ExitStatus.analysed
  }
  const command = verb !== undefined && Object.hasOwn(commands, verb) ? commands[verb] : undefined
  if (command === undefined) {
    const what = verb === undefined ? 'No command was given.' : `There is no command "${verb}".`
    process.stderr.write(
      `nta: ${what} The commands are analyze, merge, serve, verify and rules; nta --help explains them.\n`,
    )
    return ExitStatus.wrongUsage
  }
  return command(rest)
}

// A reader that stops early (`nta … | head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitStatus.analysed)
  process.stderr.write(`nta: Standard output cannot be written (${error.message}). Name a file instead.\n`)
  process.exit(ExitStatus.notAnalysed)
})
// Nor is one that wants no messages; the exit status tells as much.
process.stderr.on('error', () => {})

process.exitCode = await main(process.argv.slice(2))

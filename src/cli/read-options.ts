/** Options and operands of a command, or one sentence on what is wrong with them: `parseArgs` reads, the words are ours. */

import { parseArgs } from 'node:util'

/** Each option and whether it takes a value. */
export type OptionKinds = Readonly<Record<string, 'value' | 'flag'>>

export type ReadOptions<Kinds extends OptionKinds> = {
  readonly values: { readonly [Name in keyof Kinds]?: Kinds[Name] extends 'value' ? string : true }
  readonly operands: readonly string[]
}

/** Of an option given twice the last counts. */
export function readOptions<Kinds extends OptionKinds>(
  args: readonly string[],
  kinds: Kinds,
): ReadOptions<Kinds> | { readonly wrong: string } {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === 'value' ? ('string' as const) : ('boolean' as const) },
    ]),
  )
  // Not strict: the faults are named below, in sentences that say what to do.
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values: Record<string, string | true> = {}
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    if (!Object.hasOwn(kinds, name)) {
      return { wrong: `There is no option "${rawName}"; a file of that name is written ./${rawName}.` }
    }
    if (kinds[name] === 'flag') {
      if (value !== undefined) return { wrong: `${rawName} takes no value.` }
      values[name] = true
      continue
    }
    if (value === undefined || value === '') return { wrong: `${rawName} needs a value.` }
    // A negative number is left to whoever reads the value; a word is most likely the next option.
    if (!inlineValue && /^-(-|[a-z])/i.test(value)) {
      return { wrong: `${rawName} needs a value; "${value}" looks like an option.` }
    }
    values[name] = value
  }
  return { values: values as ReadOptions<Kinds>['values'], operands }
}

/**
 * Run-time checks of values that cross a process boundary, written once and read twice: by the compiler as a
 * type (`Checked<typeof check>`) and by both ends of the boundary as a test. A check never throws and never
 * follows a prototype: it names the first thing that is wrong, and where.
 */

/** Null when `value` has the form; otherwise one phrase such as `filter.chips[2].field: expected text`. */
export interface Check<T> {
  readonly problem: (value: unknown, at: string) => string | null
  /** Only the compiler looks at this: it carries `T`. */
  readonly form?: T
}

export type Checked<C> = C extends Check<infer T> ? T : never

/** Text of at most `lengthMax` UTF-16 units; nothing said about its characters, which are data. */
export function text(lengthMax = 4096): Check<string> {
  return {
    problem(value, at) {
      if (typeof value !== 'string') return `${at}: expected text`
      return value.length > lengthMax ? `${at}: text longer than ${lengthMax}` : null
    },
  }
}

/** A finite number between `min` and `max`, both allowed. */
export function number(min = -Number.MAX_VALUE, max = Number.MAX_VALUE): Check<number> {
  return {
    problem(value, at) {
      if (typeof value !== 'number' || !Number.isFinite(value)) return `${at}: expected a number`
      return value < min || value > max ? `${at}: outside ${min} to ${max}` : null
    },
  }
}

/** A whole number between `min` and `max`, both allowed; 0 to 2^53-1 when nothing is said. */
export function integer(min = 0, max = Number.MAX_SAFE_INTEGER): Check<number> {
  const range = number(min, max)
  return {
    problem(value, at) {
      if (typeof value === 'number' && !Number.isInteger(value)) return `${at}: expected a whole number`
      return range.problem(value, at)
    },
  }
}

export const flag: Check<boolean> = {
  problem: (value, at) => (typeof value === 'boolean' ? null : `${at}: expected true or false`),
}

export const nothing: Check<null> = {
  problem: (value, at) => (value === null ? null : `${at}: expected nothing`),
}

/** One of a few words. */
export function oneOf<const W extends readonly string[]>(words: W): Check<W[number]> {
  return {
    problem: (value, at) =>
      typeof value === 'string' && words.includes(value)
        ? null
        : `${at}: expected one of ${words.join(', ')}`,
  }
}

export function nullable<T>(check: Check<T>): Check<T | null> {
  return { problem: (value, at) => (value === null ? null : check.problem(value, at)) }
}

/** A list of at most `countMax` items of one form. */
export function list<T>(item: Check<T>, countMax: number): Check<readonly T[]> {
  return {
    problem(value, at) {
      if (!Array.isArray(value)) return `${at}: expected a list`
      if (value.length > countMax) return `${at}: more than ${countMax} items`
      for (let place = 0; place < value.length; place++) {
        const problem = item.problem(value[place], `${at}[${place}]`)
        if (problem !== null) return problem
      }
      return null
    },
  }
}

type Tuple<C extends readonly Check<unknown>[]> = { readonly [K in keyof C]: Checked<C[K]> }

/** A list of a fixed length, each place with its own form. */
export function tuple<const C extends readonly Check<unknown>[]>(...places: C): Check<Tuple<C>> {
  return {
    problem(value, at) {
      if (!Array.isArray(value) || value.length !== places.length)
        return `${at}: expected ${places.length} items`
      for (const [place, check] of places.entries()) {
        const problem = check.problem(value[place], `${at}[${place}]`)
        if (problem !== null) return problem
      }
      return null
    },
  }
}

type Fields = Readonly<Record<string, Check<unknown>>>
type RecordOf<F extends Fields> = { readonly [K in keyof F]: Checked<F[K]> }

function fieldsProblem(value: unknown, at: string, fields: Fields, isExact: boolean): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${at}: expected a record`
  for (const [name, check] of Object.entries(fields)) {
    if (!Object.hasOwn(value, name)) return `${at}.${name}: missing`
    const problem = check.problem((value as Record<string, unknown>)[name], `${at}.${name}`)
    if (problem !== null) return problem
  }
  if (isExact) {
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(fields, name)) return `${at}: unknown field ${JSON.stringify(name.slice(0, 40))}`
    }
  }
  return null
}

/** Exactly these fields. For what a page asks: a misspelt field is refused instead of ignored. */
export function record<const F extends Fields>(fields: F): Check<RecordOf<F>> {
  return { problem: (value, at) => fieldsProblem(value, at, fields, true) }
}

/** At least these fields. For rows of the summary, to which a field may be added freely. */
export function openRecord<const F extends Fields>(fields: F): Check<RecordOf<F>> {
  return { problem: (value, at) => fieldsProblem(value, at, fields, false) }
}

/** `openRecord` for a type that is declared elsewhere: a field more or less there is an error here. */
export function rowOf<T>(fields: { readonly [K in keyof T]-?: Check<T[K]> }): Check<T> {
  return openRecord(fields as Fields) as Check<T>
}

/** Names that are data beside values of one form. Names that would reach a prototype are refused. */
export function dictionary<T>(item: Check<T>, countMax: number): Check<Readonly<Record<string, T>>> {
  return {
    problem(value, at) {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return `${at}: expected a record`
      const names = Object.keys(value)
      if (names.length > countMax) return `${at}: more than ${countMax} names`
      for (const name of names) {
        if (name === '__proto__') return `${at}: a name that is not allowed`
        const problem = item.problem((value as Record<string, unknown>)[name], `${at}.${name.slice(0, 40)}`)
        if (problem !== null) return problem
      }
      return null
    },
  }
}

/** Forms told apart by the word in one field, such as `kind`. */
export function tagged<const K extends string, const V extends Readonly<Record<string, Check<unknown>>>>(
  tag: K,
  variants: V,
): Check<{ [Name in keyof V]: { readonly [T in K]: Name } & Checked<V[Name]> }[keyof V]> {
  return {
    problem(value, at) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, tag))
        return `${at}.${tag}: missing`
      const name = (value as Record<string, unknown>)[tag]
      if (typeof name !== 'string' || !Object.hasOwn(variants, name)) {
        return `${at}.${tag}: expected one of ${Object.keys(variants).join(', ')}`
      }
      const { [tag]: _tag, ...rest } = value as Record<string, unknown>
      return variants[name]!.problem(rest, at)
    },
  }
}

/** The first of several forms that fits; the problem told is the last one's. */
export function either<A, B>(one: Check<A>, other: Check<B>): Check<A | B> {
  return { problem: (value, at) => (one.problem(value, at) === null ? null : other.problem(value, at)) }
}

/** How a call ends: a value or a named error. Errors travel as values, since Electron forwards only a thrown error's message. */

import { type Check, type Checked, integer, nullable, oneOf, record, text } from './check.ts'

/** Every way a call can fail. A page writes its text from `kind`, so that a new one is a type error there. */
export const hostErrorKinds = [
  // What was asked
  'bad-request',
  'unknown-method',
  'not-allowed',
  'not-supported',
  'unknown-analysis',
  'unknown-finding',
  'busy',
  'cancelled',
  // The capture
  'file-missing',
  'file-unreadable',
  'file-changed',
  'not-a-capture',
  'capture-damaged',
  // The analyzer process
  'analyzer-crashed',
  'analyzer-hang',
  'analyzer-out-of-memory',
  'analyzer-killed',
  'analyzer-not-started',
  'analyzer-gave-up',
  // Everything else
  'save-failed',
  'message-too-large',
  'disconnected',
  'internal',
] as const

export type HostErrorKind = (typeof hostErrorKinds)[number]

export const hostErrorForm = record({
  kind: oneOf(hostErrorKinds),
  /** One sentence: what happened, naming the file. Text to show, never to interpret. */
  message: text(2000),
  /** Name of the file it is about. */
  file: nullable(text(1000)),
  /** Where in the file. */
  byteOffset: nullable(integer()),
  /** One sentence: what the person can do now. Empty when there is nothing to do. */
  advice: text(1000),
})

export type HostError = Checked<typeof hostErrorForm>

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: HostError }

export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

/** An error outcome; texts longer than the form allows are cut, so that naming an error cannot itself fail. */
export function failed(
  kind: HostErrorKind,
  message: string,
  more: { readonly advice?: string; readonly file?: string | null; readonly byteOffset?: number | null } = {},
): { readonly ok: false; readonly error: HostError } {
  return {
    ok: false,
    error: {
      kind,
      message: message.slice(0, 2000),
      file: more.file?.slice(0, 1000) ?? null,
      byteOffset: more.byteOffset ?? null,
      advice: (more.advice ?? '').slice(0, 1000),
    },
  }
}

/** The form of an outcome whose value has the given form. */
export function outcomeForm<T>(value: Check<T>): Check<Outcome<T>> {
  return {
    problem(outcome, at) {
      if (typeof outcome !== 'object' || outcome === null) return `${at}: expected an outcome`
      const { ok, value: inner, error } = outcome as { ok?: unknown; value?: unknown; error?: unknown }
      if (ok === true) return value.problem(inner, `${at}.value`)
      if (ok === false) return hostErrorForm.problem(error, `${at}.error`)
      return `${at}.ok: expected true or false`
    },
  }
}

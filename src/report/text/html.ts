/**
 * HTML as a value. The tag `html` escapes everything put into it, so the only way for text to become markup is to be
 * written as markup in this program (WHATWG HTML 13.3; OWASP output encoding).
 */

import { visibleText } from './visible-text.ts'

/** Markup that is safe to put into a page as it is. Made by `html` and `verbatim` only. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

/** What `html` takes: markup stays, text and numbers are escaped, lists are joined, nothing prints as nothing. */
export type Renderable = Html | string | number | null | undefined | false | readonly Renderable[]

/** Markup with every value escaped for both element content and a quoted attribute. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...values: readonly Renderable[]): Html {
  const parts = withoutIndent(strings)
  let markup = parts[0]!
  for (let i = 0; i < values.length; i++) markup += rendered(values[i]) + parts[i + 1]!
  return new Html(markup)
}

/** One template is rendered for thousands of rows: the indent of its source lines is taken off once and kept. */
const compacted = new WeakMap<TemplateStringsArray, readonly string[]>()

function withoutIndent(strings: TemplateStringsArray): readonly string[] {
  const known = compacted.get(strings)
  if (known !== undefined) return known
  const parts = strings.map((part) => part.replace(/\s*\n\s*/g, '\n'))
  compacted.set(strings, parts)
  return parts
}

/** Text that is already markup: only for this program's own style, script and data island, never for packet text. */
export function verbatim(markup: string): Html {
  return new Html(markup)
}

/** Text with unseen characters written out and the five characters with a meaning in HTML as entities. */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => entities[character as keyof typeof entities])
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' } as const

function rendered(value: Renderable): string {
  if (value instanceof Html) return value.markup
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if (value === null || value === undefined || value === false) return ''
  let markup = ''
  for (const one of value) markup += rendered(one)
  return markup
}

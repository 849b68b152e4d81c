/** What holds of every output, whatever text a packet brought. */

import type { CaptureSummary } from '../../src/engine/index.ts'
import { readCsv } from '../report/read-csv.ts'
import { promise } from './violation.ts'

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u
const FORMULA_START = /^["\s]*[=+\-@＝＋－＠]/
const NUMBER = /^(-?\d+(\.\d+)?(e-?\d+)?|true|false|)$/
/** Colours that the page itself sets (ECMA-48, 8.3.117). */
const OWN_COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

/** Every element with every attribute that the page has, as `a href`, found as the tokenizer of HTML does (WHATWG HTML 13.2.5). */
export function reportShapes(page: string): Set<string> {
  const shapes = new Set<string>()
  const markup = page.slice(0, page.indexOf('<script')).replace(/<style>[\s\S]*?<\/style>/, '')
  for (const [, name = '', attributes = ''] of markup.matchAll(TAG)) {
    shapes.add(name.toLowerCase())
    for (const [, attribute = ''] of attributes.matchAll(ATTRIBUTE))
      shapes.add(`${name} ${attribute}`.toLowerCase())
  }
  return shapes
}

const TAG = /<([^\s>/!][^\s>/]*)((?:[^>"]|"[^"]*")*)>/g
const ATTRIBUTE = /([^\s"=/]+)(?:="([^"]*)")?/g
/** Within the page, and the catalogue of techniques that findings name. */
const LINK = /^(#|https:\/\/attack\.mitre\.org\/|data:,$)/

/** `known`: the shapes of reports whose text is harmless. A payload that became markup brings another. */
export function checkReport(page: string, known: ReadonlySet<string>): void {
  for (const shape of reportShapes(page)) promise(known.has(shape), () => `the report has ${shape}`)
  const scriptStart = page.indexOf('<script')
  promise(scriptStart > 0, 'a report without its data')
  const markup = page.slice(0, scriptStart).replace(/<style>[\s\S]*?<\/style>/, '')
  for (const [, value = ''] of markup.matchAll(/\shref="([^"]*)"/g))
    promise(LINK.test(value), () => `a link to ${value}`)
  const left = markup.replace(/<!doctype html>/, '').replace(/<\/?[a-z][^\s>/]*(?:[^>"]|"[^"]*")*>/gi, '')
  promise(
    !left.includes('<'),
    () => `a stray < in the report: ${left.slice(left.indexOf('<'), left.indexOf('<') + 60)}`,
  )
  const unseen = UNSEEN.exec(left.replaceAll('\n', ''))
  promise(unseen === null, () => `an unseen character ${JSON.stringify(unseen?.[0])} in the report`)
  const islands = page.slice(scriptStart).split('</script>')
  promise(islands.length === 3, () => `${islands.length - 1} scripts end in the report, not 2`)
  promise(!/<!--|<script/i.test(islands[0]!.slice(1)), 'the data of the report opens a comment or a script')
}

export function checkTerminal(page: string): void {
  const bare = page.replace(OWN_COLOUR, '').replaceAll('\n', '')
  const unseen = UNSEEN.exec(bare)
  promise(
    unseen === null,
    () =>
      `${JSON.stringify(unseen?.[0])} on the terminal, in ${JSON.stringify(bare.slice(Math.max(0, unseen!.index - 30), unseen!.index + 10))}`,
  )
}

export function checkCsv(fileName: string, text: string): void {
  const records = readCsv(text)
  for (const record of records) {
    promise(record.length === records[0]!.length, () => `${fileName}: a record of ${record.length} cells`)
    for (const cell of record) {
      if (!cell.isQuoted) promise(NUMBER.test(cell.text), () => `${fileName}: ${cell.text} is not quoted`)
      else {
        promise(
          !UNSEEN.test(cell.text),
          () => `${fileName}: an unseen character in ${JSON.stringify(cell.text)}`,
        )
        for (const part of cell.text.split(';'))
          promise(!FORMULA_START.test(part), () => `${fileName}: ${cell.text} is a formula`)
      }
    }
  }
}

export function checkJson(summary: CaptureSummary): void {
  const json = JSON.stringify(summary)
  promise(JSON.stringify(JSON.parse(json)) === json, 'JSON reads back as something else')
  promise(
    !/[\ud800-\udfff]/.test(json.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '')),
    'a lone surrogate in JSON',
  )
}

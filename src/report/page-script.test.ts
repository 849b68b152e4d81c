/** The page's script is a text in the source, so the compiler is asked here what it asks of every other file. */

import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { pageScript } from './page-script.ts'

/** What the strict compiler says of a script for a browser page. */
function complaints(script: string): string[] {
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const readSource = host.getSourceFile.bind(host)
  host.getSourceFile = (name, version, ...rest) =>
    name === 'page.js' ? ts.createSourceFile(name, script, version, true) : readSource(name, version, ...rest)
  const program = ts.createProgram(['page.js'], options, host)
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

describe('the script of the page', () => {
  it('pleases the strict compiler', () => {
    expect(complaints(pageScript)).toEqual([])
  })

  it('would not with a mistake in it', () => {
    expect(complaints(pageScript.replace('cell.textContent', 'cell.textContents'))).not.toEqual([])
  })

  it('touches the page by text and attributes only, and reaches for nothing outside it', () => {
    expect(pageScript).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|import/,
    )
    expect(pageScript).not.toMatch(
      /fetch|XMLHttp|WebSocket|EventSource|sendBeacon|location|open\(|Storage|cookie/,
    )
  })

  it('holds nothing that could end its element', () => {
    expect(pageScript).not.toMatch(/<\/script|<!--/i)
  })
})

/**
 * Runs the built main process in plain Node, with the stand-in where it imports Electron, opens the capture of the
 * command line and prints how its analysis ended. Started as a process of its own by packaging.test.ts.
 */

import { register } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as StandIn from './electron-stand-in.ts'

const standInUrl = new URL('./electron-stand-in.ts', import.meta.url).href
const hook = `export const resolve = (specifier, context, next) =>
  specifier === 'electron' ? { url: ${JSON.stringify(standInUrl)}, shortCircuit: true } : next(specifier, context)`
// eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is not in the oldest Node this runs on
register(`data:text/javascript,${encodeURIComponent(hook)}`)

const { electronState, invokeFrom, resetElectron, app } = (await import(standInUrl)) as typeof StandIn
resetElectron(process.env['NTA_DATA_FOLDER'] ?? '/nowhere')
await import(pathToFileURL(resolve('out/main/index.mjs')).href)

const until = async <T>(find: () => Promise<T | null>): Promise<T> => {
  for (;;) {
    const found = await find()
    if (found !== null) return found
    await new Promise((next) => setTimeout(next, 20))
  }
}
const call = (method: string, input: object) => {
  const contents = electronState.windows[0]!.webContents
  return invokeFrom(contents, 'nta:call', { id: 1, method, input }) as Promise<{ value: never }>
}
await until(() => Promise.resolve(electronState.windows[0] ?? null))
const opened = await until(
  async () =>
    ((await call('hello', {})) as { value: { opened: { analysisId: string } | null } }).value.opened,
)
process.stdout.write(JSON.stringify(await call('analyze', { analysisId: opened.analysisId })))
app.quit()
process.exit(0)

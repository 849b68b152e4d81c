/** The address that `nta serve --no-open` prints. */

import type { ChildProcess } from 'node:child_process'

/** Resolves when it is printed; rejects with all that was said when the process ends before. */
export function servedUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const url = /http:\/\/\S+/.exec(said)?.[0]
      if (url !== undefined) resolve(url)
    })
    server.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    server.once('exit', (code) => reject(new Error(`nta serve ended with ${code}: ${said}`)))
  })
}

/** `app://ui/`: the page's own files under a scheme of their own, so that nothing runs with the rights of file://. */

import { protocol } from 'electron'
import { pageFileTypes, pageHeaders } from '../contract/index.ts'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export const APP_SCHEME = 'app'
export const APP_HOST = 'ui'
export const PAGE_URL = `${APP_SCHEME}://${APP_HOST}/index.html`

/** Must run before the app is ready: rights of a scheme are fixed then. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the files below `folder`, listed once: no path of a request is ever put together with one of the disk. */
export function serveAppScheme(folder: string): void {
  const files = new Map<string, string>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (pageFileTypes[extname(name)] !== undefined) {
      files.set(`/${relative(folder, path).split(sep).join('/')}`, path)
    }
  }

  protocol.handle(APP_SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url)
    const file = host === APP_HOST ? files.get(pathname) : undefined
    if (file === undefined || request.method !== 'GET') {
      return new Response('not found\n', { status: 404, headers: pageHeaders })
    }
    const type = pageFileTypes[extname(file)] ?? 'application/octet-stream'
    return new Response(await readFile(file), { headers: { ...pageHeaders, 'content-type': type } })
  })
}

/** What no page may ever do, whoever wrote it: leave, open windows, embed, ask for rights, download, reach a network. */

import { app, type Session, type WebContents } from 'electron'
import { isOwnPage } from './trusted-sender.ts'

/** The one right the page has: putting text on the clipboard when the person says so. */
const GRANTED_PERMISSION = 'clipboard-sanitized-write'

/** Schemes of requests that stay inside the program. */
const LOCAL_SCHEMES = ['app:', 'data:', 'blob:', 'devtools:']

export interface GuardOptions {
  readonly pageUrl: string
  readonly log: (line: string) => void
}

/** Guards for every page that will ever be made; call before the first window. */
export function guardEveryPage({ log }: GuardOptions): void {
  app.on('web-contents-created', (_, contents) => guardPage(contents, log))
}

function guardPage(contents: WebContents, log: (line: string) => void): void {
  const refuse = (what: string) => (event: { preventDefault(): void }) => {
    event.preventDefault()
    log(`guard: refused ${what}`)
  }
  contents.on('will-navigate', refuse('a navigation'))
  contents.on('will-frame-navigate', refuse("a frame's navigation"))
  contents.on('will-redirect', refuse('a redirect'))
  contents.on('will-attach-webview', refuse('a webview'))
  contents.setWindowOpenHandler(() => {
    log('guard: refused a new window')
    return { action: 'deny' }
  })
}

/** Guards of the session all windows share. */
export function guardSession(session: Session, { pageUrl, log }: GuardOptions): void {
  session.setPermissionRequestHandler((_, permission, answer, details) => {
    const isGranted = permission === GRANTED_PERMISSION && isOwnPage(details.requestingUrl, pageUrl)
    if (!isGranted) log(`guard: refused the permission ${permission}`)
    answer(isGranted)
  })
  session.setPermissionCheckHandler((_, permission, requestingOrigin) => {
    return permission === GRANTED_PERMISSION && isOwnPage(requestingOrigin, pageUrl)
  })
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_, answer) => answer({}))
  // Dictionaries would be fetched from a network.
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => {
    event.preventDefault()
    log('guard: refused a download')
  })
  session.webRequest.onBeforeRequest((details, answer) => {
    const isLocal =
      LOCAL_SCHEMES.includes(new URL(details.url).protocol) || isDevelopmentServer(details.url, pageUrl)
    if (!isLocal) log('guard: refused a request to a network')
    answer({ cancel: !isLocal })
  })
}

/** While developing, the page and its hot updates come from a server of this machine. */
function isDevelopmentServer(url: string, pageUrl: string): boolean {
  const page = new URL(pageUrl)
  return page.protocol === 'http:' && new URL(url).host === page.host
}

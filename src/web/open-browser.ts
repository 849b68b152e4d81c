/** Opens an address in the person's browser, if this session has one. */

import { spawn } from 'node:child_process'

/** Never fails: the address is printed as well. `note` is told why no browser was opened. */
export function openBrowser(url: string, note: (line: string) => void): void {
  const opener = openerFor(process.platform, process.env)
  if (opener === null) {
    note('web: no browser opened, this session has no display')
    return
  }
  const [command, ...args] = opener
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true, windowsHide: true })
  child.on('error', (error: NodeJS.ErrnoException) =>
    note(`web: no browser opened (${error.code ?? error.message})`),
  )
  child.unref()
}

/** The command that opens addresses; null where nobody could see a browser, as over SSH. */
export function openerFor(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): readonly [string, ...string[]] | null {
  if (platform === 'darwin') return ['open']
  // `start` is part of the command interpreter, which would give meaning to `&` and `#` in an address.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  const hasDisplay = (environment['DISPLAY'] ?? '') !== '' || (environment['WAYLAND_DISPLAY'] ?? '') !== ''
  return hasDisplay ? ['xdg-open'] : null
}

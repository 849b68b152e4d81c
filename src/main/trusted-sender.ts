/** Whether a message comes from the program's own page. Each one is asked, whatever channel it came on. */

import type { WebFrameMain } from 'electron'
import { PAGE_URL } from './app-scheme.ts'

export interface Sender {
  readonly senderFrame: Pick<WebFrameMain, 'url' | 'parent'> | null
}

/**
 * True for the top frame of our page. Scheme and host are compared: Node gives every custom scheme the origin `null`,
 * so comparing origins would trust them all. `pageUrl` is the development server's address while developing.
 */
export function isTrustedSender({ senderFrame }: Sender, pageUrl: string = PAGE_URL): boolean {
  // A frame that has navigated away, or is gone, is null.
  if (senderFrame === null || senderFrame.parent !== null) return false
  return isOwnPage(senderFrame.url, pageUrl)
}

export function isOwnPage(url: string, pageUrl: string = PAGE_URL): boolean {
  if (!URL.canParse(url)) return false
  const [sender, own] = [new URL(url), new URL(pageUrl)]
  return sender.protocol === own.protocol && sender.host === own.host
}

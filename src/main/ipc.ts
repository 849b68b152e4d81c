/** Carries the contract over IPC. Every message's sender is validated before anything else is looked at. */

import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import {
  type CallMessage,
  type CaptureChoice,
  channels,
  failed,
  type Handlers,
  type Outcome,
  serveCall,
} from '../contract/index.ts'
import type { DesktopPage } from './desktop-page.ts'
import { isTrustedSender } from './trusted-sender.ts'

export interface IpcOptions {
  readonly handlers: Handlers<DesktopPage>
  /** Null for contents that are no window of ours. */
  readonly pageOf: (contents: WebContents) => DesktopPage | null
  readonly registerFile: (path: string) => Outcome<CaptureChoice>
  readonly pageUrl: string
  readonly log: (line: string) => void
}

const untrusted = failed('not-allowed', 'This page is not part of the program.')

/** Serves the three channels that pages may use. */
export function serveIpc({ handlers, pageOf, registerFile, pageUrl, log }: IpcOptions): void {
  const trustedPage = (event: IpcMainInvokeEvent | IpcMainEvent): DesktopPage | null => {
    const page = isTrustedSender(event, pageUrl) ? pageOf(event.sender) : null
    if (page === null) log('ipc: refused a message of a page that is not ours')
    return page
  }

  ipcMain.handle(channels.call, async (event, message: unknown): Promise<Outcome<unknown>> => {
    const page = trustedPage(event)
    if (page === null) return untrusted
    if (!isCallMessage(message)) return failed('bad-request', 'The page asked wrongly.')
    const { id, method, input } = message
    const signal = page.startCall(id)
    try {
      return await serveCall(
        handlers,
        {
          method,
          input,
          from: page,
          signal,
          emit(data) {
            if (!event.sender.isDestroyed()) event.sender.send(channels.event, { id, event: data })
          },
        },
        log,
      )
    } finally {
      page.endCall(id)
    }
  })

  ipcMain.on(channels.cancel, (event, id: unknown) => {
    const page = trustedPage(event)
    if (page !== null && typeof id === 'number') page.cancel(id)
  })

  ipcMain.handle(channels.registerFile, (event, path: unknown): Outcome<CaptureChoice> => {
    if (trustedPage(event) === null) return untrusted
    if (typeof path !== 'string' || path === '') {
      return failed('not-supported', 'This is not a file of this machine.', {
        advice: 'Save it to a folder first and open it from there.',
      })
    }
    return registerFile(path)
  })
}

function isCallMessage(message: unknown): message is CallMessage {
  if (typeof message !== 'object' || message === null) return false
  const { id, method } = message as Partial<CallMessage>
  return Number.isSafeInteger(id) && typeof method === 'string'
}

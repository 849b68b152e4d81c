/** Runs sandboxed before the page and hands it three functions. Neither Electron nor its events ever reach the page. */

import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { bridgeName, type DesktopBridge } from '../contract/desktop-bridge.ts'
import { channels, type EventMessage } from '../contract/desktop-channels.ts'
import type { DroppedFile } from '../contract/host.ts'

const listeners = new Map<number, (event: unknown) => void>()
let lastId = 0

ipcRenderer.on(channels.event, (_, { id, event }: EventMessage) => {
  listeners.get(id)?.(event)
})

const bridge: DesktopBridge = {
  start(method, input, onEvent) {
    const id = ++lastId
    listeners.set(id, onEvent)
    const outcome = ipcRenderer
      .invoke(channels.call, { id, method, input })
      .finally(() => listeners.delete(id)) as Promise<unknown>
    return {
      outcome,
      cancel() {
        ipcRenderer.send(channels.cancel, id)
      },
    }
  },

  /** Only a file the person gave the page has a path; anything a script made up has none and is refused by main. */
  registerFile: (file: DroppedFile) =>
    ipcRenderer.invoke(channels.registerFile, webUtils.getPathForFile(asFile(file))) as Promise<unknown>,
}

contextBridge.exposeInMainWorld(bridgeName, bridge)

/** The page's `File` comes through the bridge as itself; the contract, which knows no DOM, calls it `DroppedFile`. */
function asFile(file: DroppedFile): File {
  return file as unknown as File
}

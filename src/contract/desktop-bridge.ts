/** What the preload script puts at `window.nta`, and the transport a page makes of it. */

import type { DroppedFile, StartedCall, Transport } from './host.ts'
import type { MethodName } from './methods.ts'

/** Only plain values and functions cross: neither Electron's modules nor its event objects. */
export interface DesktopBridge {
  /** Starts a call; the outcome is a value of the contract, still to be checked. */
  start(method: MethodName, input: unknown, onEvent: (event: unknown) => void): StartedCall
  /** Takes the `File` object itself: its path is looked up outside the page and never enters it. */
  registerFile(file: DroppedFile): Promise<unknown>
}

/** Where the bridge is found: `window[bridgeName]`. Absent in a browser. */
export const bridgeName = 'nta'

export function desktopTransport(bridge: DesktopBridge): Transport {
  return {
    start: (method, input, onEvent) => bridge.start(method, input, onEvent),
    registerFile: (file) => bridge.registerFile(file),
  }
}

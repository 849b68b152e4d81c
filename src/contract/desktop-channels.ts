/** The four channels between the preload script and Electron's main process. There are no others. */

export const channels = {
  /** Asked and answered: `CallMessage` in, an outcome out. */
  call: 'nta:call',
  /** From the page: the id of the call to end. */
  cancel: 'nta:cancel',
  /** To the page: `EventMessage`. */
  event: 'nta:event',
  /** Asked and answered: the path of a dropped file in, an outcome with its `CaptureChoice` out. */
  registerFile: 'nta:register-file',
} as const

export interface CallMessage {
  /** The page's own number of the call. */
  readonly id: number
  readonly method: string
  readonly input: unknown
}

export interface EventMessage {
  readonly id: number
  readonly event: unknown
}

/** Requests as a hostile program would write them: no library corrects what is sent. */

import { connect } from 'node:net'

export interface RawResponse {
  /** 0 when the connection was closed without an answer. */
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Sends `text` to a port of `address` and gives what comes back before the other side closes. */
export function rawRequest(port: number, text: string, address = '127.0.0.1'): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: address })
    let received = ''
    const finish = (): void => {
      const [head = '', ...rest] = received.split('\r\n\r\n')
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        head,
        body: rest.join('\r\n\r\n'),
      })
    }
    socket.setEncoding('latin1').on('data', (piece: string) => (received += piece))
    socket.on('close', finish)
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server that refuses on the head alone may close before everything was sent.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') finish()
      else reject(error)
    })
    socket.on('connect', () => socket.write(text))
  })
}

/** An HTTP/1.1 request. A header set to null is left out. */
export function requestText(
  method: string,
  path: string,
  headers: Readonly<Record<string, string | null>>,
  body = '',
): string {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  )
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n')
}

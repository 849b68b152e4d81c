/**
 * Decides from a request's head alone whether it may come in. A page of another origin, a name that was rebound to
 * this machine (DNS rebinding) and another user's program all reach a loopback port; none of them gets an answer.
 */

import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Guard {
  /** `127.0.0.1:<port>` and `localhost:<port>`. */
  readonly hosts: readonly string[]
  readonly token: string
}

/** An HTTP status and one line for whoever looks at it with curl. */
export interface Refusal {
  readonly status: number
  readonly reason: string
  readonly headers?: Readonly<Record<string, string>>
}

const refuse = (status: number, reason: string, headers?: Readonly<Record<string, string>>): Refusal => ({
  status,
  reason,
  ...(headers === undefined ? {} : { headers }),
})

/** What every request must satisfy, also one for a file of the page. */
export function refusalOfAny(request: IncomingMessage, { hosts }: Guard): Refusal | null {
  const { host, origin } = request.headers
  // RFC 9110 section 7.4: 421 is for a host this server does not answer for.
  if (host === undefined || !hosts.includes(host))
    return refuse(421, 'this server answers for 127.0.0.1 only')
  if (origin !== undefined && !hosts.some((own) => origin === `http://${own}`)) {
    return refuse(403, 'requests of other pages are not answered')
  }
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return refuse(403, 'requests of other sites are not answered')
  }
  // Only the origin form (RFC 9112 section 3.2.1): no proxy request, no `*`, no authority.
  if (request.url === undefined || !request.url.startsWith('/')) return refuse(400, 'not a path')
  if (request.url.length > 2000) return refuse(414, 'the address is too long')
  return null
}

/** What a request must satisfy that does anything. */
export function refusalOfCaller(request: IncomingMessage, { token }: Guard): Refusal | null {
  const authorization = request.headers.authorization ?? ''
  const given = authorization.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : ''
  if (!isSameToken(given, token)) {
    return refuse(401, 'the address printed by nta serve is needed', { 'www-authenticate': 'Bearer' })
  }
  return null
}

/** Takes as long for a token that is nearly right as for one that is not. */
function isSameToken(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Null when the method is the one expected. */
export function refusalOfMethod(request: IncomingMessage, allowed: readonly string[]): Refusal | null {
  if (allowed.includes(request.method ?? '')) return null
  return refuse(405, 'this method is not answered here', { allow: allowed.join(', ') })
}

/** Null when the content type is the one expected; parameters such as a charset may follow. */
export function refusalOfType(request: IncomingMessage, expected: string): Refusal | null {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== expected) return refuse(415, `expected ${expected}`)
  const encoding = request.headers['content-encoding']
  return encoding === undefined || encoding === 'identity' ? null : refuse(415, 'send the body uncompressed')
}

/** What the loopback host refuses. Each request is a good one but for the one thing its name says. */

import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawRequest, requestText } from './raw-request.ts'
import { type RunningWebHost, runWebHost } from './running-web-host.ts'

let web: RunningWebHost

beforeAll(async () => {
  web = await runWebHost()
})
afterAll(() => web.stop())

type Headers = Readonly<Record<string, string | null>>

const goodHeaders = (): Headers => ({
  host: `127.0.0.1:${web.port}`,
  origin: web.origin,
  'sec-fetch-site': 'same-origin',
  authorization: `Bearer ${web.token}`,
  'content-type': 'application/json',
  'content-length': '2',
  connection: 'close',
})

interface Request {
  readonly method?: string
  readonly path?: string
  readonly headers?: Headers
  readonly body?: string
}

function send({ method = 'POST', path = '/call/samples', headers = {}, body = '{}' }: Request) {
  const length = { 'content-length': String(Buffer.byteLength(body)) }
  return rawRequest(web.port, requestText(method, path, { ...goodHeaders(), ...length, ...headers }, body))
}

describe('the loopback host', () => {
  it('answers the good request that each of the bad ones is made from', async () => {
    const { status, body } = await send({})
    expect(status).toBe(200)
    expect(body).toContain('{"outcome":{"ok":true,"value":[]}}')
  })

  const bad: readonly (readonly [string, () => Request, number])[] = [
    [
      'a name that was rebound to this machine',
      () => ({ headers: { host: `evil.example:${web.port}` } }),
      421,
    ],
    ['its own name with another port', () => ({ headers: { host: '127.0.0.1:1' } }), 421],
    ['no name at all', () => ({ headers: { host: null } }), 421],
    ['a page of another origin', () => ({ headers: { origin: 'https://evil.example' } }), 403],
    ['a page of another port of this machine', () => ({ headers: { origin: 'http://127.0.0.1:8080' } }), 403],
    ['a page without an origin, such as a saved report', () => ({ headers: { origin: 'null' } }), 403],
    ['a cross-site navigation', () => ({ headers: { origin: null, 'sec-fetch-site': 'cross-site' } }), 403],
    ['no token', () => ({ headers: { authorization: null } }), 401],
    [
      'a wrong token of the right length',
      () => ({ headers: { authorization: `Bearer ${'A'.repeat(43)}` } }),
      401,
    ],
    [
      'the token in the address instead of the header',
      () => ({ path: `/call/samples?token=${web.token}`, headers: { authorization: null } }),
      401,
    ],
    [
      'the token as a cookie',
      () => ({ headers: { authorization: null, cookie: `token=${web.token}` } }),
      401,
    ],
    ['a GET of a call', () => ({ method: 'GET', body: '' }), 405],
    ['a PUT of a file', () => ({ method: 'PUT', path: '/index.html' }), 405],
    ['a preflight of another page', () => ({ method: 'OPTIONS', headers: { origin: null } }), 405],
    ['a form, which needs no preflight', () => ({ headers: { 'content-type': 'text/plain' } }), 415],
    ['a compressed body', () => ({ headers: { 'content-encoding': 'gzip' } }), 415],
    ['a body that is no JSON', () => ({ body: '{' }), 400],
    ['a body over a megabyte', () => ({ body: ' '.repeat(1_000_001) }), 413],
    [
      'a body that is announced larger than it is',
      () => ({ headers: { 'content-length': '999999999' } }),
      413,
    ],
    ['an input of the wrong form', () => ({ path: '/call/rows' }), 400],
    ['a method it does not have', () => ({ path: '/call/readFile' }), 404],
    ['a method every object has', () => ({ path: '/call/constructor' }), 404],
    ['a path that climbs out of the page', () => ({ method: 'GET', path: '/../secret.json', body: '' }), 404],
    ['the same, encoded', () => ({ method: 'GET', path: '/%2e%2e/secret.json', body: '' }), 404],
    [
      'the same, encoded twice',
      () => ({ method: 'GET', path: '/%252e%252e%252fsecret.json', body: '' }),
      404,
    ],
    ['the same, with backslashes', () => ({ method: 'GET', path: '/..\\secret.json', body: '' }), 404],
    ['a path of the machine', () => ({ method: 'GET', path: '//etc/passwd', body: '' }), 404],
    ['an address to pass on, as a proxy would', () => ({ path: 'http://evil.example/' }), 400],
    [
      'a download nobody saved',
      () => ({ method: 'GET', path: `/download/${'A'.repeat(43)}`, body: '' }),
      404,
    ],
    ['an upload without a token', () => ({ path: '/upload/a.pcap', headers: { authorization: null } }), 401],
    [
      'an address of ten thousand letters',
      () => ({ method: 'GET', path: `/${'a'.repeat(10_000)}`, body: '' }),
      414,
    ],
  ]

  it.each(bad)('refuses %s', async (_, request, status) => {
    const refused = await send(request())
    expect(refused.status).toBe(status)
    expect(refused.body).not.toContain('outcome')
    expect(refused.head.toLowerCase()).not.toContain('access-control-allow')
  })

  it('stops reading a body of unknown length at a megabyte', async () => {
    const headers = { ...goodHeaders(), 'content-length': null, 'transfer-encoding': 'chunked' }
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
    const { status } = await rawRequest(
      web.port,
      requestText('POST', '/call/samples', headers, chunk.repeat(20) + '2\r\n{}\r\n0\r\n\r\n'),
    )
    expect(status).toBe(413)
  })

  it('answers no upgrade and no tunnel', async () => {
    const upgrade = await send({
      method: 'GET',
      headers: { connection: 'upgrade', upgrade: 'websocket' },
      body: '',
    })
    expect(upgrade.status).toBe(0)
    const tunnel = await rawRequest(
      web.port,
      'CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example\r\n\r\n',
    )
    expect(tunnel.status).toBe(0)
  })

  it('is not fooled by a request hidden behind two lengths', async () => {
    const text = requestText(
      'POST',
      '/call/samples',
      { ...goodHeaders(), 'transfer-encoding': 'chunked' },
      '0\r\n\r\n',
    )
    expect([0, 400]).toContain((await rawRequest(web.port, text)).status)
  })

  it('listens on no address but 127.0.0.1', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address }) => address)
      .filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'))
    for (const address of new Set([...others, '::1'])) {
      const refused = rawRequest(web.port, requestText('GET', '/', goodHeaders()), address)
      await expect(refused, address).rejects.toThrow(/ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH/)
    }
  })

  it('sends its page with a policy that lets in nothing else', async () => {
    const { status, head, body } = await send({
      method: 'GET',
      path: '/',
      body: '',
      headers: { authorization: null },
    })
    expect(status).toBe(200)
    expect(body).toContain('<title>page</title>')
    for (const line of [
      "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';",
      'x-content-type-options: nosniff',
      'referrer-policy: no-referrer',
      'cross-origin-opener-policy: same-origin',
      'cross-origin-resource-policy: same-origin',
      'x-frame-options: DENY',
      'cache-control: no-store',
    ]) {
      expect(head).toContain(line)
    }
    expect(head).toContain("frame-ancestors 'none'")
    expect(head).not.toContain('unsafe')
  })
})

/** Saved files on their way to the browser: each can be fetched once, within a minute, under an address nobody can guess. */

import { randomBytes } from 'node:crypto'
import { createReadStream, rmSync, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Saved } from '../contract/index.ts'
import type { SaveTarget } from '../node/host/handlers.ts'

const TICKET_LIFE_MS = 60_000

interface Ticket {
  readonly path: string
  readonly name: string
  readonly timer: NodeJS.Timeout
}

export class WebDownloads {
  readonly #folder: string
  readonly #tickets = new Map<string, Ticket>()

  /** Files wait in `folder`, which is private to this run. */
  constructor(folder: string) {
    this.#folder = folder
  }

  target(name: string): SaveTarget {
    const id = randomBytes(32).toString('base64url')
    const path = join(this.#folder, `download-${id}`)
    return {
      path,
      finish: (byteCount): Saved => {
        const timer = setTimeout(() => this.#drop(id), TICKET_LIFE_MS)
        timer.unref()
        this.#tickets.set(id, { path, name, timer })
        return { kind: 'download', url: `/download/${id}`, name, byteCount }
      },
    }
  }

  /** Sends the file and forgets it. False when there is no such ticket, or no more. */
  async send(
    id: string,
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
  ): Promise<boolean> {
    const ticket = this.#tickets.get(id)
    if (ticket === undefined) return false
    this.#tickets.delete(id)
    clearTimeout(ticket.timer)
    try {
      response.writeHead(200, {
        ...headers,
        // A report opened in the program's own origin could call it: it is only ever kept, never shown here.
        'content-security-policy': "sandbox; default-src 'none'",
        'content-type': 'application/octet-stream',
        'content-length': String(statSync(ticket.path).size),
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(ticket.name).replaceAll("'", '%27')}`,
      })
      await pipeline(createReadStream(ticket.path), response)
    } catch {
      response.destroy()
    } finally {
      rmSync(ticket.path, { force: true })
    }
    return true
  }

  #drop(id: string): void {
    const ticket = this.#tickets.get(id)
    this.#tickets.delete(id)
    if (ticket !== undefined) rmSync(ticket.path, { force: true })
  }
}

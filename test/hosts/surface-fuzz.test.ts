/**
 * Every method of the contract under messages that no page of ours sends: none makes the host throw, answer in the wrong form or
 * stop answering. `NTA_SURFACE_MESSAGES` sets how many each method gets.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostErrorForm } from '../../src/contract/outcome.ts'
import { type MethodName, methodNames, methods, messageBytesMax } from '../../src/contract/methods.ts'
import { type Handlers, serveCall } from '../../src/contract/serve-call.ts'
import { seededRandom } from '../traffic/index.ts'
import { makeCaptureFolder } from './small-capture.ts'
import { changedMessage, goodInputs, type KnownIds } from './message-mutations.ts'
import { type RunningWebHost, runWebHost } from './running-web-host.ts'

const MESSAGE_COUNT = Number(process.env['NTA_SURFACE_MESSAGES'] ?? 100)
const TIMEOUT_MS = 60_000 + MESSAGE_COUNT * 100

let captures: ReturnType<typeof makeCaptureFolder>
let web: RunningWebHost
let ids: KnownIds
const faults: string[] = []

beforeAll(async () => {
  captures = makeCaptureFolder()
  web = await runWebHost({ folders: [captures.folder] })
  const host = web.host()
  const listing = await host.call('listFolder', { folderId: null })
  if (!listing.ok) throw new Error(listing.error.message)
  const captureId = listing.value.captures.find(({ name }) => name === 'small.pcap')!.id
  const opened = await host.call('openCaptures', { ids: [captureId], inNewWindow: false })
  if (!opened.ok) throw new Error(opened.error.message)
  const { analysisId } = opened.value!
  await host.call('analyze', { analysisId })
  ids = { analysisId, captureId, findingId: 'none' }
})
afterAll(() => {
  web.stop()
  captures.remove()
})

/** What the host answers to the text as the body of a call: its status and, of an answer, the lines. */
async function post(
  method: string,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  // A list of events never ends by itself.
  const signal = AbortSignal.timeout(method === 'hostEvents' ? 50 : 20_000)
  try {
    const response = await fetch(`${web.origin}/call/${method}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${web.token}`,
        'content-type': 'application/json',
        origin: web.origin,
      },
      body,
      signal,
    })
    return { status: response.status, text: await response.text() }
  } catch (fault) {
    if (method === 'hostEvents' && signal.aborted) return { status: 200, text: '' }
    throw fault
  }
}

function expectFormOfAnswer(
  method: MethodName,
  sent: string,
  { status, text }: { status: number; text: string },
): void {
  expect([200, 400, 413], `${method} ${sent.slice(0, 300)}`).toContain(status)
  expect(text.length).toBeLessThan(messageBytesMax + 10_000)
  if (status !== 200) return
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const { outcome } = JSON.parse(line) as {
      outcome?: { ok: boolean; value?: unknown; error?: { kind: string } }
    }
    if (outcome === undefined) continue
    if (outcome.ok) expect(methods[method].out.problem(outcome.value, method), sent.slice(0, 300)).toBeNull()
    else {
      expect(hostErrorForm.problem(outcome.error, method)).toBeNull()
      expect(outcome.error!.kind, `${method} ${sent.slice(0, 300)}`).not.toBe('internal')
    }
  }
}

describe('the loopback host', () => {
  it.each(methodNames)(
    'answers crafted messages to %s in the right form',
    { timeout: TIMEOUT_MS },
    async (method) => {
      const random = seededRandom(methodNames.indexOf(method) + 1)
      const good = goodInputs(ids)[method]
      for (let i = 0; i < MESSAGE_COUNT; i++) {
        const message = i === 0 ? JSON.stringify(good) : changedMessage(random, good)
        expectFormOfAnswer(method, message, await post(method, message))
      }
      const after = await web.host().call('about', {})
      expect(after.ok).toBe(true)
    },
  )
})

describe('the end of a call that every host has', () => {
  /** Handlers that answer wrongly, throw or reject, as broken ones would. */
  const broken = new Proxy({} as Handlers<null>, {
    get: () => (input: unknown) => {
      const kind = JSON.stringify(input).length % 4
      if (kind === 0) throw new Error('thrown')
      if (kind === 1) return Promise.reject(new Error('rejected'))
      return Promise.resolve(kind === 2 ? { ok: true, value: input } : { ok: true, value: 'x'.repeat(10) })
    },
  })

  it(
    'settles with an outcome of the right form for any message and any handler',
    { timeout: TIMEOUT_MS },
    async () => {
      const random = seededRandom(7)
      const inputs = Object.entries(goodInputs(ids))
      for (let i = 0; i < MESSAGE_COUNT * inputs.length; i++) {
        const [name, good] = random.pick(inputs)
        const text = changedMessage(random, good)
        const call = {
          method: random.chance(0.9) ? name : random.pick(['constructor', '__proto__', '', 7, null, {}]),
          input: parsed(text),
          from: null,
          signal: new AbortController().signal,
          emit: () => undefined,
        }
        const outcome = await serveCall(broken, call, (detail) => faults.push(detail))
        if (!outcome.ok) expect(hostErrorForm.problem(outcome.error, 'error')).toBeNull()
        else expect(methods[name as MethodName].out.problem(outcome.value, name)).toBeNull()
      }
      expect(faults.length).toBeGreaterThan(0)
    },
  )

  function parsed(text: string): unknown {
    try {
      return JSON.parse(text) as unknown
    } catch {
      return text
    }
  }
})

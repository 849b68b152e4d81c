/** What a page tells of itself while it is measured: messages as they come, tasks that held it up. Runs inside the page. */

export interface PageMessage {
  /** Milliseconds since the page began. */
  readonly atMs: number
  readonly characterCount: number
  readonly kind: string
}

interface Watched {
  readonly messages: PageMessage[]
  readonly longTasks: number[]
}

declare global {
  var watched: Watched
}

/** To be run before the page's own scripts. Every answer of the program passes through JSON.parse, a line at a time. */
export function watchPage(): void {
  const messages: PageMessage[] = []
  const longTasks: number[] = []
  globalThis.watched = { messages, longTasks }
  const parse = JSON.parse.bind(JSON)
  JSON.parse = (text: string, reviver?: (this: unknown, key: string, value: unknown) => unknown): unknown => {
    const value = parse(text, reviver) as { event?: { kind?: string }; outcome?: unknown } | null
    const kind = value?.event?.kind ?? (value?.outcome === undefined ? 'other' : 'outcome')
    messages.push({ atMs: performance.now(), characterCount: text.length, kind })
    return value
  }
  new PerformanceObserver((list) =>
    longTasks.push(...list.getEntries().map((entry) => entry.duration)),
  ).observe({ type: 'longtask' })
}

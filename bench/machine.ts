/** The machine in one line, without which no figure means anything. */

import { cpus, release, totalmem, type } from 'node:os'

export function describeMachine(): string {
  const [first] = cpus()
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  const today = new Date().toISOString().slice(0, 10)
  const model = first?.model.trim().replace(/\s+/g, ' ') ?? 'unknown processor'
  return `${model}, ${cpus().length} cores, ${memory}, ${type()} ${release()}, Node ${process.versions.node}, ${today}`
}

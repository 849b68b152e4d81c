/** Gives a forked process the `process.parentPort` that Electron gives a utility process. */

import { EventEmitter } from 'node:events'

const port = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => void process.send?.(structuredClone(message)),
})
// As Electron's port does, hold messages back until somebody listens.
const waiting: unknown[] = []
process.on('message', (data) => {
  if (port.listenerCount('message') === 0) waiting.push(data)
  else port.emit('message', { data })
})
port.on('newListener', (name) => {
  if (name === 'message') {
    queueMicrotask(() => {
      for (const data of waiting.splice(0)) port.emit('message', { data })
    })
  }
})
// Electron ends its utility processes with itself.
process.once('disconnect', () => process.exit(0))
Object.defineProperty(process, 'parentPort', { value: port })

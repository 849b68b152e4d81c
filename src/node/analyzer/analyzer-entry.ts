/** The analyzer process where Node forks it: the browser twin's host and the tests. Electron's has its own entry. */

import { serveAnalyzer } from './serve.ts'

if (process.send === undefined)
  throw new Error('This file is started by the program itself, with a channel to it.')

// Without its host the process has no reason to live: a closed window must not leave a reader behind.
process.once('disconnect', () => process.exit(0))
serveAnalyzer({
  post(message) {
    if (process.connected) process.send?.(message)
  },
  onMessage: (listener) => void process.on('message', listener),
})

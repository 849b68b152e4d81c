/** The analyzer as Electron's utility process: its parent port in place of a forked child's channel, and nothing else. */

import { serveAnalyzer } from '../../node/analyzer/serve.ts'

const { parentPort } = process

serveAnalyzer({
  post: (message) => parentPort.postMessage(message),
  onMessage: (listener) => void parentPort.on('message', ({ data }) => listener(data)),
})

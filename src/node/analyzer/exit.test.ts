/** Every way a process ends has the name a person can act on. */

import { describe, expect, it } from 'vitest'
import { type AnalyzerExit, exitError, exitKind } from './exit.ts'

const exit = (part: Partial<AnalyzerExit>): AnalyzerExit => ({
  code: null,
  signal: null,
  reason: null,
  stderrTail: '',
  ...part,
})
const heapText = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'

describe('an ended process', () => {
  it.each([
    ['a segmentation fault', { signal: 'SIGSEGV' }, 'analyzer-crashed'],
    ['an exit code', { code: 1 }, 'analyzer-crashed'],
    ['an abort', { signal: 'SIGABRT' }, 'analyzer-crashed'],
    ['an abort for want of heap', { signal: 'SIGABRT', stderrTail: heapText }, 'analyzer-out-of-memory'],
    ['the same through a shell', { code: 134, stderrTail: heapText }, 'analyzer-out-of-memory'],
    ['a signal nobody can catch', { signal: 'SIGKILL' }, 'analyzer-killed'],
    ["Electron's crashed", { reason: 'crashed', code: 5 }, 'analyzer-crashed'],
    ["Electron's oom", { reason: 'oom' }, 'analyzer-out-of-memory'],
    ["Electron's memory-eviction", { reason: 'memory-eviction' }, 'analyzer-out-of-memory'],
    ["Electron's killed", { reason: 'killed' }, 'analyzer-killed'],
    ["Electron's launch-failed", { reason: 'launch-failed' }, 'analyzer-not-started'],
    [
      "V8's fatal error for want of heap",
      { reason: 'FatalError', stderrTail: heapText },
      'analyzer-out-of-memory',
    ],
    [
      "V8's other fatal error",
      { reason: 'FatalError', stderrTail: 'v8::ToLocalChecked' },
      'analyzer-crashed',
    ],
    ['an access violation of Windows', { code: -1073741819 }, 'analyzer-crashed'],
    ['a lack of memory of Windows', { code: -536870904 }, 'analyzer-out-of-memory'],
  ] as const)('by %s is named', (_, part, kind) => {
    expect(exitKind(exit(part))).toBe(kind)
  })

  it('says what happened, what is kept and what to do, in sentences', () => {
    const error = exitError(
      exit({ signal: 'SIGKILL' }),
      'a.pcap',
      'What was found in the first 12 packets is kept.',
    )
    expect(error.message).toBe(
      'The analyzer process was ended from outside, often by the system when memory runs short (SIGKILL). What was found in the first 12 packets is kept.',
    )
    expect(error.advice).toBe('Close other programs and try again.')
    expect(error.file).toBe('a.pcap')
  })
})

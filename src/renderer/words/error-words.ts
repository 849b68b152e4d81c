/** What each way to fail is called and what a person can do next. One place: a new kind is a type error here. */

import type { HostErrorKind } from '../../contract/index.ts'

export interface ErrorWords {
  readonly title: string
  /** Shown when the host gives no advice of its own. */
  readonly next: string
}

const again = 'Try again. If it happens again, the log says more.'

export const errorWords: Readonly<Record<HostErrorKind, ErrorWords>> = {
  'bad-request': {
    title: 'The page asked wrongly',
    next: 'Reload the page. If it happens again, please report it.',
  },
  'unknown-method': { title: 'The page and the program do not fit', next: 'Reload the page.' },
  'not-allowed': {
    title: 'That may not be opened',
    next: 'Open one of the captures offered on the start page.',
  },
  'not-supported': { title: 'Not available here', next: '' },
  'unknown-analysis': { title: 'The capture is no longer open', next: 'Open it again from the start page.' },
  'unknown-finding': {
    title: 'The finding is gone',
    next: 'The capture was read again since. Go back to the list.',
  },
  busy: { title: 'The program is busy', next: 'Wait until the running analysis ends, or cancel it.' },
  cancelled: { title: 'Cancelled', next: 'Start again whenever you like.' },
  'file-missing': {
    title: 'The file is not there',
    next: 'It was moved, renamed or deleted. Open it from its new place.',
  },
  'file-unreadable': {
    title: 'The file cannot be read',
    next: 'Check that you may read it and that its disk is connected.',
  },
  'file-changed': {
    title: 'The file changed while it was read',
    next: 'Stop the recording, then read it again.',
  },
  'not-a-capture': {
    title: 'This is not a capture',
    next: 'Open a pcap or pcapng file; gzip, zstd and lz4 are read too.',
  },
  'capture-damaged': {
    title: 'The capture is damaged',
    next: 'What could be read is shown. Record it again if you can.',
  },
  'analyzer-crashed': {
    title: 'The analyzer crashed',
    next: 'Read the capture again: a fresh process starts.',
  },
  'analyzer-hang': {
    title: 'The analyzer stopped answering',
    next: 'Read the capture again: a fresh process starts.',
  },
  'analyzer-out-of-memory': {
    title: 'The analyzer ran out of memory',
    next: 'Close other programs, or split the capture (editcap -c 5000000 in out), and read it again.',
  },
  'analyzer-killed': {
    title: 'The analyzer was ended from outside',
    next: 'Read the capture again: a fresh process starts.',
  },
  'analyzer-not-started': { title: 'The analyzer did not start', next: again },
  'analyzer-gave-up': {
    title: 'The analyzer failed three times',
    next: 'This capture may hit a fault in the program. Please report it with the log; other captures still open.',
  },
  'save-failed': {
    title: 'It could not be saved',
    next: 'Check the free space, or save it in another folder.',
  },
  'message-too-large': {
    title: 'The answer is too large',
    next: 'Narrow the filter, or save the table instead.',
  },
  disconnected: {
    title: 'The program does not answer',
    next: 'Start it again and open the address it prints.',
  },
  internal: { title: 'Something went wrong inside the program', next: again },
}

/** Failures after which reading the same capture again can help. */
export const isWorthRetrying: Readonly<Partial<Record<HostErrorKind, true>>> = {
  busy: true,
  cancelled: true,
  'file-missing': true,
  'file-unreadable': true,
  'file-changed': true,
  'analyzer-crashed': true,
  'analyzer-hang': true,
  'analyzer-out-of-memory': true,
  'analyzer-killed': true,
  'analyzer-not-started': true,
  internal: true,
}

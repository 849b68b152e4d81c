/** Why a file was not saved, as a value with one sentence for people: what failed, what is left, what to do. */

export type SaveErrorKind =
  | 'no-space'
  | 'not-permitted'
  | 'no-such-folder'
  | 'is-a-folder'
  | 'link-loop'
  | 'name-too-long'
  | 'in-use'
  | 'own-mount'
  | 'device-error'
  | 'cancelled'
  | 'failed'

export interface SaveError {
  readonly kind: SaveErrorKind
  /** The path as the caller gave it. */
  readonly path: string
  /** The system's code such as `ENOSPC`; null when it was not the system that failed. */
  readonly code: string | null
  readonly message: string
}

/** Thrown inside a save when its signal was aborted. */
export class SaveCancelled extends Error {}

interface Reading {
  readonly kind: SaveErrorKind
  readonly reason: string
  readonly advice: string
}

const full: Reading = {
  kind: 'no-space',
  reason: 'there is no space left',
  advice: 'Free some space or choose another place.',
}
const forbidden: Reading = {
  kind: 'not-permitted',
  reason: 'writing there is not permitted',
  advice: 'Choose another folder, or change the permissions.',
}
const broken: Reading = {
  kind: 'device-error',
  reason: 'the device reports an error',
  advice: 'Choose another device and look after this one.',
}
const busy: Reading = {
  kind: 'in-use',
  reason: 'the file is in use by another program, or mounted by itself',
  advice: 'Close it there, or choose another name.',
}
const looping: Reading = {
  kind: 'link-loop',
  reason: 'the name is a link that leads back to itself',
  advice: 'Choose another name.',
}

const readings: Readonly<Record<string, Reading>> = {
  ENOSPC: full,
  EDQUOT: { ...full, reason: 'the quota of disk space is used up' },
  EFBIG: { ...full, reason: 'the file would be larger than this file system allows' },
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: { ...forbidden, reason: 'that file system is read-only', advice: 'Choose another folder.' },
  ENOENT: {
    kind: 'no-such-folder',
    reason: 'its folder does not exist',
    advice: 'Create the folder or choose another one.',
  },
  ENOTDIR: {
    kind: 'no-such-folder',
    reason: 'a part of its path is a file, not a folder',
    advice: 'Choose another folder.',
  },
  EISDIR: {
    kind: 'is-a-folder',
    reason: 'that name is a folder',
    advice: 'Add the name of a file.',
  },
  ELOOP: looping,
  ENAMETOOLONG: { kind: 'name-too-long', reason: 'the name is too long', advice: 'Choose a shorter name.' },
  EBUSY: busy,
  ETXTBSY: busy,
  EXDEV: {
    kind: 'own-mount',
    reason: 'the file is mounted by itself and cannot be replaced in one step',
    advice: 'Choose another name.',
  },
  EIO: broken,
  ENXIO: broken,
  ENODEV: broken,
}

/** `isReplacing` says that an older file of the name exists: the message then tells that it is unchanged. */
export function saveError(path: string, error: unknown, isReplacing: boolean): SaveError {
  const kept = isReplacing ? ' The older file of that name is unchanged.' : ''
  if (error instanceof SaveCancelled) {
    return { kind: 'cancelled', path, code: null, message: `${path} was not saved: it was cancelled.${kept}` }
  }
  const code = codeOf(error)
  const reading = code !== null && Object.hasOwn(readings, code) ? readings[code] : undefined
  if (reading === undefined) {
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: 'failed', path, code, message: `${path} was not saved: ${reason}.${kept}` }
  }
  const { kind, reason, advice } = reading
  return { kind, path, code, message: `${path} was not saved: ${reason} (${String(code)}). ${advice}${kept}` }
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

/** An error as the system would give it, for what is known without asking the system. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

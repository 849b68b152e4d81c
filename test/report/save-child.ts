/**
 * Saves a file over and over, or kills itself at the n-th thing it asks of the system: the process that
 * `save-kill.test.ts` starts. Arguments: the target, and `loop` or a number.
 */

import { saveFile } from '../../src/node/saving/save-file.ts'
import { saveSystem, type SaveSystem } from '../../src/node/saving/save-system.ts'

const [target, mode] = process.argv.slice(2) as [string, string]

/** Three pieces and a rest, all of one byte, so that a torn file is known by its length or by a second letter. */
const content = (letter: string) => letter.repeat((3 << 20) + 17)

if (mode === 'loop') {
  process.stdout.write('ready')
  for (let round = 0; ; round++) await saveFile(target, content(round % 2 === 0 ? 'a' : 'b'))
} else {
  const saved = await saveFile(target, content('b'), { system: dyingAt(Number(mode)) })
  process.exitCode = saved.ok ? 0 : 3
}

/** The system that kills this process just before its n-th call, or in the middle when that is a write. */
function dyingAt(fatalCall: number): SaveSystem {
  let callCount = 0
  const isFatal = () => ++callCount === fatalCall
  const die = (): never => {
    process.kill(process.pid, 'SIGKILL')
    for (;;);
  }
  return {
    ...saveSystem,
    unlink: (...args) => (isFatal() ? die() : saveSystem.unlink(...args)),
    rename: (...args) => (isFatal() ? die() : saveSystem.rename(...args)),
    open: async (...args) => {
      if (isFatal()) die()
      const file = await saveSystem.open(...args)
      const { sync, close, chmod } = file
      // The one under it in the prototype: the assignment below hides it.
      const { write: writeBytes } = Object.getPrototypeOf(file) as typeof file
      const write = async (bytes: Uint8Array, at: number, length?: number) =>
        (writeBytes as (...all: unknown[]) => Promise<never>).call(file, bytes, at, length)
      return Object.assign(file, {
        write: async (bytes: Uint8Array, at: number) => {
          if (!isFatal()) return write(bytes, at)
          await write(bytes, at, Math.floor((bytes.length - at) / 2))
          return die()
        },
        sync: () => (isFatal() ? die() : sync.call(file)),
        chmod: (permissions: number) => (isFatal() ? die() : chmod.call(file, permissions)),
        close: () => (isFatal() ? die() : close.call(file)),
      })
    },
  }
}

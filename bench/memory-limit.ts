/** A Linux control group with a memory limit (cgroup v1 and v2), to see whether nta lives in it. */

import { accessSync, constants, existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const V1 = '/sys/fs/cgroup/memory'
const V2 = '/sys/fs/cgroup'

export interface LimitedGroup {
  /** The command, to be run inside the group. */
  readonly wrap: (command: readonly string[]) => readonly string[]
  readonly remove: () => void
}

/** A new group of `mib` MiB without swap, or in one sentence why there can be none here. */
export function limitedGroup(mib: number): LimitedGroup | string {
  if (process.platform !== 'linux') return 'control groups are Linux only'
  const isV1 = existsSync(join(V1, 'memory.limit_in_bytes'))
  const parent = isV1 ? V1 : V2
  try {
    accessSync(parent, constants.W_OK)
    const folder = join(parent, `nta-bench-${process.pid}`)
    mkdirSync(folder)
    const limit = String(mib * 2 ** 20)
    writeFileSync(join(folder, isV1 ? 'memory.limit_in_bytes' : 'memory.max'), limit)
    const swap = join(folder, isV1 ? 'memory.memsw.limit_in_bytes' : 'memory.swap.max')
    if (existsSync(swap)) writeFileSync(swap, isV1 ? limit : '0')
    const enter = 'echo $$ > "$1"/cgroup.procs && shift && exec "$@"'
    return {
      wrap: (command) => ['sh', '-c', enter, 'sh', folder, ...command],
      remove: () => rmdirSync(folder),
    }
  } catch (error) {
    return `no control group can be made under ${parent}: ${error instanceof Error ? error.message : String(error)}`
  }
}

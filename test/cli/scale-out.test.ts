/** The scripts of docs/scale-out.md, run as they stand there: with GNU parallel over SSH, with Slurm, and as Spark's pipe would. */

import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pcapCutInto } from '../captures/pcap-cuts.ts'
import { NTA, nta } from './nta.ts'

const DAEMON_PATIENCE_MS = 30_000
const isThere = (...commands: string[]): boolean =>
  commands.every((command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0)
const missing = (...commands: string[]): string[] => commands.filter((command) => !isThere(command))

const forParallel = missing('parallel', 'ssh', 'ssh-keygen', '/usr/sbin/sshd')
const forSlurm = missing('sbatch', 'slurmctld', 'slurmd', 'sinfo')
const named = (what: string, absent: readonly string[]): string =>
  absent.length === 0 ? what : `${what} (skipped: ${absent.join(', ')} not installed)`

let folder: string
let environment: NodeJS.ProcessEnv
const daemons: ChildProcess[] = []

/** A block of the page: the fence names it after the language. */
function script(name: string): string {
  const page = readFileSync('docs/scale-out.md', 'utf8')
  const block = page.split(`\n\`\`\`sh ${name}\n`)[1]?.split('\n```')[0]
  if (block === undefined) throw new Error(`docs/scale-out.md has no block ${name}`)
  return `${block}\n`
}

const inFolder = (name: string): string => join(folder, name)

function writeScript(name: string): void {
  writeFileSync(inFolder(name), script(name))
  chmodSync(inFolder(name), 0o755)
}

function run(command: string, input = ''): Promise<{ status: number | null; output: string }> {
  return new Promise((done) => {
    const options = { cwd: folder, env: environment }
    const child = execFile('sh', ['-c', command], options, (_, stdout, stderr) => {
      done({ status: child.exitCode, output: stdout + stderr })
    })
    child.stdin?.end(input)
  })
}

/** Started in the foreground, so that its end is the test's end. */
function daemon(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, { cwd: folder, env: environment, stdio: 'ignore' })
  daemons.push(child)
  return child
}

async function until(command: string, pattern: RegExp): Promise<void> {
  const endMs = performance.now() + DAEMON_PATIENCE_MS
  for (;;) {
    const { output } = await run(command)
    if (pattern.test(output)) return
    if (performance.now() > endMs) throw new Error(`${command} said only: ${output}`)
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0
      server.close(() => {
        done(port)
      })
    })
  })
}

/** Three files of a rolling capture, and what one analysis of them says. */
async function expectSameAsTogether(): Promise<void> {
  const captures = [0, 1, 2].map((place) => inFolder(`captures/${String(place)}.pcap`))
  const together = await nta('analyze', ...captures, '--json', '-')
  expect(readFileSync(inFolder('all.json'), 'utf8')).toBe(together.stdout)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nta-scale-out-'))
  mkdirSync(inFolder('captures'))
  mkdirSync(inFolder('bin'))
  for (const [place, bytes] of pcapCutInto(readFileSync('samples/ssh-sweep.pcap'), 3).entries()) {
    writeFileSync(inFolder(`captures/${String(place)}.pcap`), bytes)
  }
  writeFileSync(inFolder('bin/nta'), `#!/bin/sh\nexec '${process.execPath}' '${resolve(NTA)}' "$@"\n`)
  chmodSync(inFolder('bin/nta'), 0o755)
  environment = { ...process.env, PATH: `${inFolder('bin')}:/usr/sbin:${process.env['PATH'] ?? ''}` }
})

beforeEach(() => {
  rmSync(inFolder('all.json'), { force: true })
})

afterAll(async () => {
  await Promise.all(daemons.map(ended))
  // What a daemon has started may end after it.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
})

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done()
    child.once('exit', () => {
      done()
    })
    child.kill()
  })
}

describe('captures spread by a scheduler give the summary of all of them', () => {
  it.skipIf(forParallel.length > 0)(named('by GNU parallel over SSH', forParallel), async () => {
    const port = await freePort()
    await run('ssh-keygen -q -t ed25519 -N "" -f host-key && ssh-keygen -q -t ed25519 -N "" -f user-key')
    writeFileSync(inFolder('authorized_keys'), readFileSync(inFolder('user-key.pub')))
    writeFileSync(
      inFolder('sshd_config'),
      [
        `Port ${String(port)}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${inFolder('host-key')}`,
        `AuthorizedKeysFile ${inFolder('authorized_keys')}`,
        // The folder for temporary files may be written by all.
        'StrictModes no',
        'UsePAM no',
        'PasswordAuthentication no',
        `PidFile ${inFolder('sshd.pid')}`,
        `SetEnv PATH=${environment['PATH'] ?? ''}`,
        '',
      ].join('\n'),
    )
    writeFileSync(
      inFolder('ssh_config'),
      [
        'Host nta-node',
        '  HostName 127.0.0.1',
        `  Port ${String(port)}`,
        `  User ${userInfo().username}`,
        `  IdentityFile ${inFolder('user-key')}`,
        '  IdentitiesOnly yes',
        '  StrictHostKeyChecking no',
        `  UserKnownHostsFile ${inFolder('known_hosts')}`,
        '',
      ].join('\n'),
    )
    // Where sshd gives up its rights before it reads anything; only root's has any.
    if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true })
    daemon('/usr/sbin/sshd', ['-D', '-f', inFolder('sshd_config')])
    const ssh = `ssh -F ${inFolder('ssh_config')}`
    await until(`${ssh} nta-node nta --version`, /^nta /m)
    writeFileSync(inFolder('machines'), `2/${ssh} nta-node\n`)
    const { status, output } = await run(script('parallel'))
    expect(status, output).toBe(0)
    await expectSameAsTogether()
  })

  it.skipIf(forSlurm.length > 0)(named('by a Slurm job array', forSlurm), async () => {
    const node = hostname().split('.')[0]!
    const [controllerPort, nodePort] = [await freePort(), await freePort()]
    const user = userInfo().username
    mkdirSync(inFolder('slurm'))
    writeFileSync(
      inFolder('slurm.conf'),
      [
        'ClusterName=test',
        `SlurmctldHost=${node}(127.0.0.1)`,
        `SlurmUser=${user}`,
        `SlurmdUser=${user}`,
        'AuthType=auth/none',
        'CredType=cred/none',
        `SlurmctldPort=${String(controllerPort)}`,
        `SlurmdPort=${String(nodePort)}`,
        `StateSaveLocation=${inFolder('slurm')}`,
        `SlurmdSpoolDir=${inFolder('slurm')}`,
        `SlurmctldPidFile=${inFolder('slurm/slurmctld.pid')}`,
        `SlurmdPidFile=${inFolder('slurm/slurmd.pid')}`,
        'ProctrackType=proctrack/pgid',
        'TaskPlugin=task/none',
        'SelectType=select/cons_tres',
        'SelectTypeParameters=CR_Core',
        'ReturnToService=2',
        `NodeName=${node} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN`,
        `PartitionName=main Nodes=${node} Default=YES State=UP`,
        '',
      ].join('\n'),
    )
    environment = { ...environment, SLURM_CONF: inFolder('slurm.conf') }
    daemon('slurmctld', ['-D', '-f', inFolder('slurm.conf')])
    daemon('slurmd', ['-D', '-f', inFolder('slurm.conf')])
    await until('sinfo --noheader', /\bidle\b/)
    writeScript('nta-array.sh')
    const { status, output } = await run(script('slurm'))
    expect(output).toMatch(/^Submitted batch job \d+\n/)
    expect(status, output).toBe(0)
    await expectSameAsTogether()
  })

  it("by Spark's pipe, which is a process that reads paths and prints paths", async () => {
    writeScript('nta-pipe.sh')
    mkdirSync(inFolder('parts'), { recursive: true })
    const piped = await run('./nta-pipe.sh', 'captures/0.pcap\ncaptures/1.pcap\ncaptures/2.pcap\n')
    expect(piped).toEqual({
      status: 0,
      output: 'parts/0.pcap.ntapart\nparts/1.pcap.ntapart\nparts/2.pcap.ntapart\n',
    })
    await run(`nta merge ${piped.output.trim().replaceAll('\n', ' ')} --json all.json --quiet`)
    await expectSameAsTogether()
    expect((await run('./nta-pipe.sh', 'captures/none.pcap\n')).status).toBe(1)
  })
})

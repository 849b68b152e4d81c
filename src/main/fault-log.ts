/** The log, and what becomes of faults: they are written down on this machine and go nowhere else. */

import { app, crashReporter, dialog } from 'electron'
import { LogFile } from '../node/host/log-file.ts'

/** Opens the log and catches what nobody else does. */
export function startFaultLog(path: string): LogFile {
  const log = new LogFile(path)
  crashReporter.start({ uploadToServer: false })
  process.on('uncaughtException', (error) => {
    log.write(`main: ${error.stack ?? error.message}`)
    dialog.showErrorBox(
      'Something went wrong',
      `The program goes on if it can. The log says more: ${log.path}`,
    )
  })
  process.on('unhandledRejection', (reason) => log.write(`main: unhandled ${String(reason)}`))
  app.on('child-process-gone', (_, { type, name, reason, exitCode }) => {
    log.write(`main: a process ended (${type}, ${name ?? 'unnamed'}, ${reason}, code ${exitCode})`)
  })
  log.write(`main: version ${app.getVersion()}, electron ${process.versions.electron}`)
  return log
}

/** One copy of the program for each person: a second one hands its captures to the first and ends. */

import { app } from 'electron'
import { capturesOfArguments, type OpenRequests } from './open-requests.ts'

/** False in a second copy, which has been told to end. `onStartedAgain` is called when one came without captures. */
export function becomeFirstCopy(requests: OpenRequests, onStartedAgain: () => void): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return false
  }
  app.on('second-instance', (_, argv, workingFolder) => {
    const paths = capturesOfArguments(argv, workingFolder, app.isPackaged)
    if (paths.length === 0) onStartedAgain()
    else requests.ask(paths)
  })
  // macOS tells of a double-click this way, even before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    requests.ask([path])
  })
  requests.ask(capturesOfArguments(process.argv, process.cwd(), app.isPackaged))
  return true
}

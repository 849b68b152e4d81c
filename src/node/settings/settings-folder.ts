/** Where the program keeps what it must remember: one private folder per user, at the place each system has for it. */

import { mkdirSync, mkdtempSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

export const DATA_FOLDER_NAME = 'network-traffic-analyzer'

/**
 * The folder, made when it is missing, readable by its owner alone. `NTA_DATA_FOLDER` overrules the system's place.
 * Linux: XDG Base Directory Specification 0.8; macOS: Application Support; Windows: the roaming application data.
 */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const folder = environment['NTA_DATA_FOLDER'] ?? join(systemFolder(environment), DATA_FOLDER_NAME)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch {
    // A home that cannot be written is no reason not to look at a capture: what is set then lasts for this run.
    return mkdtempSync(join(tmpdir(), 'nta-settings-'))
  }
}

function systemFolder(environment: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  const configured = environment['XDG_CONFIG_HOME']
  // The specification has relative paths ignored.
  return configured?.startsWith('/') === true ? configured : join(homedir(), '.config')
}

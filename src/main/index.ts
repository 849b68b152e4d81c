/** Electron's main process. `start.ts` says what it does, step by step. */

import { start } from './start.ts'

void start()

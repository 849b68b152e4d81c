/** Writes benchmark captures: `npx tsx bench/generate/run.ts [--folder FOLDER] NAME…`, or `--list` for their names. */

import { parseArgs } from 'node:util'
import { catalogue } from './catalogue.ts'
import { benchFolder, storedCapture } from './stored-captures.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: 'string' }, list: { type: 'boolean' } },
})

if (values.list || positionals.length === 0) {
  for (const { name, what } of catalogue) console.log(`${name.padEnd(24)} ${what}`)
} else {
  for (const name of positionals) {
    const { path } = await storedCapture(name, values.folder ?? benchFolder(), console.log)
    console.log(path)
  }
}

/** How the rules about the source tree are checked: functions from a file's path and text to what is wrong in it. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path/posix'
import {
  emptyNames,
  engineEntries,
  engineInsiders,
  engineStages,
  hotStages,
  layers,
  reservedPackages,
} from '../tools/layers.js'

/** One file: its path from the project's root with forward slashes, and its text. */
export type Source = { readonly path: string; readonly text: string }
type Import = { readonly from: string; readonly isTypeOnly: boolean }

/** Every file of code below the folders, tests and specs left out. */
export function sourcesUnder(...folders: string[]): Source[] {
  return folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /\.(ts|js|vue)$/.test(path) && !/\.(test|spec)\.ts$/.test(path))
      .map((path) => ({ path, text: readFileSync(path, 'utf8') })),
  )
}

/** The deepest row of the table that holds the file. */
export function layerOf(path: string): string | undefined {
  const holders = Object.keys(layers).filter((layer) => path === layer || path.startsWith(`${layer}/`))
  return holders.sort((a, b) => b.length - a.length)[0]
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, '').replace(/^\s*\/\/.*$/gm, '')
}

function importsOf({ path, text }: Source): Import[] {
  const code = withoutComments(text)
  const statements = /^\s*(?:import|export)\s(?:([^'"`;]*?)\sfrom\s*)?['"]([^'"]+)['"]/gm
  const onDemand = /\bimport\(\s*['"`]([^'"`]+)['"`]/g
  // From the project's root: `src/…`, or `./…` for what is outside and belongs to no layer.
  const resolve = (name: string) =>
    name.startsWith('.') ? join(dirname(path), name).replace(/^(?!src\/)/, './') : name
  return [
    ...[...code.matchAll(statements)].map(([, names, name]) => ({
      from: resolve(name!),
      isTypeOnly: names !== undefined && bringsOnlyTypes(names),
    })),
    ...[...code.matchAll(onDemand)].map(([, name]) => ({ from: resolve(name!), isTypeOnly: false })),
  ]
}

/** `type { A }`, `type A`, or a list in which every name is marked `type`. */
function bringsOnlyTypes(names: string): boolean {
  if (/^type\s+(?!,|from\b)/.test(names)) return true
  const list = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1]
  if (list === undefined) return false
  const each = list.split(',').map((name) => name.trim())
  return each.filter((name) => name !== '').every((name) => name.startsWith('type '))
}

/** Imports the file's row of the table does not allow, each as one line to print. */
export function strangersIn(source: Source): string[] {
  const layer = layerOf(source.path)
  if (layer === undefined) return []
  const { code, types } = layers[layer]!
  const mayImport = ({ from, isTypeOnly }: Import) =>
    layerOf(from) === layer ||
    from.endsWith('?modulePath') || // only the path of the built file, for starting it as a process
    code.some((place) => covers(place, from)) ||
    (isTypeOnly && types.some((place) => covers(place, from)))
  return importsOf(source)
    .filter((one) => !mayImport(one))
    .map(({ from, isTypeOnly }) => `${source.path} imports ${isTypeOnly ? 'types of ' : ''}${from}`)
}

function covers(place: string, name: string): boolean {
  if (place === 'node:') return name.startsWith('node:')
  if (place === '*')
    return /^[@a-z]/.test(name) && !/^(src\/|node:)/.test(name) && !isOneOf(reservedPackages, name)
  if (!place.startsWith('src/')) return isOneOf([place], name)
  // `src/node/settings` covers settings.ts and settings-file.ts; `src/node` does not cover `src/nodes`.
  return place.split('/').length > 2 ? name.startsWith(place) : name.startsWith(`${place}/`)
}

const isOneOf = (packages: readonly string[], name: string) =>
  packages.some((one) => name === one || name.startsWith(`${one}/`))

/** Imports of what is inside the engine by a file outside that is no insider, each as one line to print. */
export function intrusionsIn(source: Source): string[] {
  if (!source.path.startsWith('src/') || layerOf(source.path) === 'src/engine') return []
  const seen = Object.entries(engineInsiders)
    .filter(([start]) => source.path.startsWith(start))
    .flatMap(([, stages]) => stages)
  return importsOf(source)
    .filter(({ from }) => layerOf(from) === 'src/engine' && !engineEntries.some((entry) => entry === from))
    .filter(({ from }) => !seen.includes(stageOf(from) ?? ''))
    .map(({ from }) => `${source.path} imports ${from}`)
}

/** Imports of an engine stage that lead to a later stage, or to a folder that is no stage. */
export function laterStagesIn(source: Source): string[] {
  const stage = stageOf(source.path)
  if (stage === undefined) return []
  const place = engineStages.findIndex((one) => one === stage)
  return importsOf(source)
    .filter(({ from }) => {
      if (layerOf(from) !== 'src/engine') return false
      const itsPlace = engineStages.findIndex((one) => one === stageOf(from))
      return place === -1 || itsPlace === -1 || itsPlace > place
    })
    .map(({ from }) => `${source.path} imports ${from}`)
}

const stageOf = (path: string) => /^src\/engine\/([^/]+)\//.exec(path)?.[1]
/** Whether every packet, or what was kept of it, passes through this file. */
export const isHot = ({ path }: Source) => hotStages.some((stage) => stage === stageOf(path))

/** Each `new Map`, `new Set` and weak kin outside comments. */
export function keyedCollectionsIn({ path, text }: Source): string[] {
  const made = withoutComments(text).match(/\bnew\s+(?:Weak)?(?:Map|Set)\b/g) ?? []
  return made.map((what) => `${path}: ${what}`)
}

/** A documentation comment with words in it comes first; in a component it may open the script instead. */
export function beginsWithItsPurpose({ path, text }: Source): boolean {
  const start = text.replace(/^#!.*\n/, '')
  if (!path.endsWith('.vue')) return /^\/\*\*[\s*]*[^\s*/]/.test(start)
  return /^<!--\s*[^\s-]/.test(start) || /^<script[^>]*>\s*\/\*\*[\s*]*[^\s*/]/.test(start)
}

/** Whether the file or a folder on its path is called utils, helpers, types or the like. */
export function hasEmptyName(path: string): boolean {
  return path.split('/').some((part) => emptyNames.some((name) => name === part.replace(/\..*$/, '')))
}

/** kebab-case.ts, PascalCase.vue, and useLikeThis.ts in a `composables` folder. */
export function isNamedByConvention(path: string): boolean {
  const name = basename(path)
  if (name.endsWith('.vue')) return /^([A-Z][a-z0-9]*)+\.vue$/.test(name)
  if (path.includes('/composables/')) return /^use([A-Z][a-z0-9]*)+\.ts$/.test(name)
  return /^[a-z0-9]+(-[a-z0-9]+)*(\.d|\.data|\.config|\.bench)?\.(ts|js)$/.test(name)
}

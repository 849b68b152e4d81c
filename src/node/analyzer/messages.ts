/**
 * What a host and its analyzer process say to each other: calls by number, their events and outcomes, and a heartbeat.
 * Every message is a plain JSON value below one megabyte; the analyzer is trusted less than the host, so its messages
 * are checked on arrival.
 */

import type {
  AnalysisEnd,
  AnalyzeEvent,
  In,
  MethodName,
  Out,
  Outcome,
  SaveRequest,
  Settings,
} from '../../contract/index.ts'

export interface AnalyzeOrder {
  readonly paths: readonly string[]
  readonly thresholds: Settings['thresholds']
  readonly allowList: Settings['allowList']
  /** Where partial results are kept, so that a fresh process can answer from them; null keeps none. */
  readonly snapshotPath: string | null
}

export interface SaveOrder {
  readonly request: SaveRequest
  readonly path: string
}

/** What the analyzer can be asked to do. */
export interface AnalyzerMethods {
  readonly analyze: { readonly in: AnalyzeOrder; readonly event: AnalyzeEvent; readonly out: AnalysisEnd }
  /** Loads the last partial result of a process that is gone. */
  readonly restore: {
    readonly in: { readonly snapshotPath: string }
    readonly event: never
    readonly out: null
  }
  readonly save: {
    readonly in: SaveOrder
    readonly event: { readonly byteCount: number }
    readonly out: { readonly byteCount: number }
  }
  readonly rows: Forwarded<'rows'>
  readonly timeline: Forwarded<'timeline'>
  readonly matrix: Forwarded<'matrix'>
  readonly evidence: Forwarded<'evidence'>
  readonly whatIf: Forwarded<'whatIf'>
  readonly rules: Forwarded<'rules'>
}

interface Forwarded<M extends MethodName> {
  readonly in: In<M>
  readonly event: never
  readonly out: Out<M>
}

export type AnalyzerMethod = keyof AnalyzerMethods
export type AnalyzerIn<M extends AnalyzerMethod> = AnalyzerMethods[M]['in']
export type AnalyzerEvent<M extends AnalyzerMethod> = AnalyzerMethods[M]['event']
export type AnalyzerOut<M extends AnalyzerMethod> = AnalyzerMethods[M]['out']

export type ToAnalyzer =
  | { readonly kind: 'call'; readonly id: number; readonly method: AnalyzerMethod; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }

export type FromAnalyzer =
  | { readonly kind: 'event'; readonly id: number; readonly event: unknown }
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: Outcome<unknown> }
  | Heartbeat

/** Sent at least twice a second while the process can run its event loop. */
export interface Heartbeat {
  readonly kind: 'heartbeat'
  /** Counts up whenever work moves on; the same mark again and again means it does not. */
  readonly mark: number
  /** `idle` waits for calls; `finishing` is detecting and summarising, which may take longer between two marks. */
  readonly state: 'idle' | 'reading' | 'finishing'
}

/** Half a second is what a person notices; twice that often leaves room for a busy machine. */
export const HEARTBEAT_EVERY_MS = 250

/** The message, or null when it is none of those above. Says nothing about the outcome inside, which the contract checks. */
export function fromAnalyzer(message: unknown): FromAnalyzer | null {
  if (typeof message !== 'object' || message === null) return null
  const { kind, id, mark, state, outcome } = message as Record<string, unknown>
  switch (kind) {
    case 'heartbeat':
      if (!Number.isSafeInteger(mark)) return null
      return state === 'idle' || state === 'reading' || state === 'finishing' ? (message as Heartbeat) : null
    case 'event':
      return Number.isSafeInteger(id) ? (message as FromAnalyzer) : null
    case 'outcome':
      return Number.isSafeInteger(id) && typeof outcome === 'object' && outcome !== null
        ? (message as FromAnalyzer)
        : null
    default:
      return null
  }
}

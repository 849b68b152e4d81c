/** A host that answers as a test tells it to, through the same checks as a real one. Never shipped. */

import {
  createHost,
  failed,
  type Host,
  type In,
  type MethodName,
  type Out,
  succeeded,
} from '../../contract/index.ts'

export interface FakeCall<M extends MethodName> {
  readonly method: M
  readonly input: In<M>
  isCancelled: boolean
  emit: (event: unknown) => void
  succeed: (value: Out<M>) => void
  fail: (kind: Parameters<typeof failed>[0]) => void
}

export interface FakeHost {
  readonly host: Host
  /** Every call so far, in order; a test answers them when it likes. */
  readonly calls: FakeCall<MethodName>[]
  /** The latest call of a method; throws when there is none. */
  last: <M extends MethodName>(method: M) => FakeCall<M>
  countOf: (method: MethodName) => number
}

export function createFakeHost(): FakeHost {
  const calls: FakeCall<MethodName>[] = []
  const host = createHost({
    start(method, input, onEvent) {
      let settle: (outcome: unknown) => void = () => undefined
      const outcome = new Promise<unknown>((resolve) => {
        settle = resolve
      })
      const call: FakeCall<MethodName> = {
        method,
        input: input as FakeCall<MethodName>['input'],
        isCancelled: false,
        emit: onEvent,
        succeed: (value) => settle(succeeded(value)),
        fail: (kind) => settle(failed(kind, `${method} failed`)),
      }
      calls.push(call)
      return {
        outcome,
        cancel: () => {
          call.isCancelled = true
        },
      }
    },
    registerFile: (file) =>
      Promise.resolve(
        succeeded({
          id: `file ${file.name}`,
          name: file.name,
          folder: '',
          byteCount: file.size,
          modifiedAt: null,
        }),
      ),
  })
  return {
    host,
    calls,
    last<M extends MethodName>(method: M) {
      const call = calls.findLast((one) => one.method === method)
      if (call === undefined) throw new Error(`nobody called ${method}`)
      return call as unknown as FakeCall<M>
    },
    countOf: (method) => calls.filter((one) => one.method === method).length,
  }
}

/** Lets everything that waits for an answer go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}

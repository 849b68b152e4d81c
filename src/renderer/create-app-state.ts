/** Puts the window's state together: each part is a composable that knows only what it is given. */

import { shallowRef } from 'vue'
import type { Host, HostEvent, HostFacts } from '../contract/index.ts'
import type { AppState, DialogName } from './app-context.ts'
import { useAnalysis } from './composables/useAnalysis.ts'
import { useFindingNotes } from './composables/useFindingNotes.ts'
import { useNotices } from './composables/useNotices.ts'
import { useOpening } from './composables/useOpening.ts'
import { useSaving } from './composables/useSaving.ts'
import { useSettings } from './composables/useSettings.ts'
import { useView } from './composables/useView.ts'

/** Call inside a component's setup or an effect scope: what it starts ends with that. */
export function createAppState(host: Host): AppState {
  const facts = shallowRef<HostFacts | null>(null)
  const notices = useNotices()
  const analysis = useAnalysis(host)
  const view = useView()
  const settings = useSettings(host, notices.tellError)
  // Without all of its bytes a capture has no key of its own: notes would go to every other one that was cut short.
  const captureKey = (): string | null => {
    const { phase, coverage } = analysis.state.value
    return phase === 'done' && coverage?.isComplete === true
      ? (analysis.head.value?.captureKey ?? null)
      : null
  }
  return {
    host,
    facts,
    notices,
    analysis,
    view,
    settings,
    notes: useFindingNotes(host, captureKey, notices.tellError),
    saving: useSaving(host, notices, () => facts.value?.host === 'desktop'),
    opening: useOpening(host, () => facts.value, analysis, view, notices),
    dialog: shallowRef<DialogName>(null),
    findRequest: shallowRef(0),
  }
}

/** Says hello, loads the settings, and follows what the host tells for as long as the page lives. */
export async function startUp(
  app: AppState,
  carryOut: (event: Extract<HostEvent, { kind: 'menu' }>['command']) => void,
  signal: AbortSignal,
): Promise<void> {
  const { host, facts, notices, settings, opening, view, analysis } = app
  const [hello] = await Promise.all([host.call('hello', {}), settings.load()])
  if (!hello.ok) {
    notices.tellError(hello.error)
    return
  }
  facts.value = hello.value
  // A server knows nothing of the screen; a desktop's own choice may differ from what the page is told.
  if (hello.value.host === 'desktop') settings.systemIsDark.value = hello.value.isDark

  void host.call(
    'hostEvents',
    {},
    {
      signal,
      onEvent(event) {
        if (event.kind === 'menu') carryOut(event.command)
        else if (event.kind === 'opened') void opening.show(event.analysis)
        else if (event.kind === 'theme') settings.systemIsDark.value = event.isDark
        else if (event.kind === 'settings') settings.take(event.settings)
        else if (event.kind === 'recent') opening.recentRevision.value++
        else notices.tell(event.severity, event.message, { advice: event.advice })
      },
    },
  )

  if (hello.value.opened !== null) await opening.show(hello.value.opened)
  // A page of a capture that this window does not have, such as after a reload.
  else if (analysis.state.value.phase === 'none' && view.view.value.page !== 'settings') view.swap('start')
}

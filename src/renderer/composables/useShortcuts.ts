/** Keys of the whole window, which carry out the commands of `useCommands`. */

import { onScopeDispose, type ComputedRef } from 'vue'
import type { AppState } from '../app-context.ts'
import { type Command, runCommand } from './useCommands.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(range|checkbox|radio|button)$/.test(target.type)))

/** Keys of the whole window. `G` and a letter goes to a page; a letter alone never acts while somebody types. */
export function useShortcuts(
  app: AppState,
  commands: ComputedRef<readonly Command[]>,
  target: EventTarget = window,
): void {
  let isGoing = false
  const goTo: Readonly<Record<string, string>> = {
    o: 'page-overview',
    c: 'page-conversations',
    e: 'page-endpoints',
    w: 'page-talkers',
    s: 'page-scanners',
    f: 'page-findings',
    i: 'page-capture',
    h: 'page-start',
  }
  const withCommandKey: Readonly<Record<string, string>> = {
    o: 'open',
    k: 'command-palette',
    s: 'save-report',
    p: 'print',
    ',': 'page-settings',
  }

  function commandOf(event: KeyboardEvent): string | null {
    const key = event.key.toLowerCase()
    const hasCommandKey = event.ctrlKey || event.metaKey
    if (hasCommandKey && !event.altKey)
      return event.shiftKey && key === 'p' ? 'command-palette' : (withCommandKey[key] ?? null)
    if (event.altKey)
      return event.key === 'ArrowLeft' ? 'back' : event.key === 'ArrowRight' ? 'forward' : null
    if (event.key === 'F1') return 'shortcuts'
    if (isTyping(event.target)) return null
    if (event.key === 'Escape') return event.shiftKey ? 'filter-clear' : 'time-clear'
    if (isGoing) return goTo[key] ?? null
    if (event.key === '/') return 'find'
    return event.key === '?' ? 'shortcuts' : null
  }

  const onKey = (raw: Event): void => {
    const event = raw as KeyboardEvent
    if (event.defaultPrevented) return
    // An open dialog keeps its keys, but for closing and opening others.
    if (app.dialog.value !== null) return
    // So does an open menu: its Escape closes it and nothing else.
    const hasCommandKey = event.ctrlKey || event.metaKey || event.altKey
    if (!hasCommandKey && document.querySelector('[data-dismissable-layer]') !== null) return
    const command = commandOf(event)
    isGoing =
      command === null &&
      event.key.toLowerCase() === 'g' &&
      !event.ctrlKey &&
      !event.metaKey &&
      !isTyping(event.target)
    if (command === null) return
    if (!commands.value.some(({ id }) => id === command)) return
    event.preventDefault()
    runCommand(commands.value, command)
  }
  target.addEventListener('keydown', onKey)
  onScopeDispose(() => target.removeEventListener('keydown', onKey))
}

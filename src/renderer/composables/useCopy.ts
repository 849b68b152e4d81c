/** Copies text and says that it did. */

import { useApp } from '../app-context.ts'

export function useCopy(): (text: string, what: string) => Promise<void> {
  const { notices } = useApp()
  return async (text, what) => {
    try {
      await navigator.clipboard.writeText(text)
      notices.tell('info', `Copied ${what}.`)
    } catch {
      notices.tell('warning', `The browser did not let the page copy ${what}.`, {
        advice: 'Select the text and copy it with the keyboard.',
      })
    }
  }
}

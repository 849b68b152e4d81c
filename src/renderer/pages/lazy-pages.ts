/** The pages, each a file of its own that is fetched when first shown: the start page waits for no chart. */

import { type Component, defineAsyncComponent } from 'vue'
import PageMissing from '../components/PageMissing.vue'
import type { PageName } from '../composables/useView.ts'
import StartPage from './StartPage.vue'

/** In the order in which they are most likely wanted after the start page. */
const loaders = {
  analysing: () => import('./AnalysingPage.vue'),
  overview: () => import('./OverviewPage.vue'),
  conversations: () => import('./ConversationsPage.vue'),
  scanners: () => import('./ScannersPage.vue'),
  findings: () => import('./FindingsPage.vue'),
  capture: () => import('./CapturePage.vue'),
  settings: () => import('./SettingsPage.vue'),
} satisfies Readonly<Record<Exclude<PageName, 'start'>, () => Promise<unknown>>>

const lazy = (loader: () => Promise<Component>): Component =>
  defineAsyncComponent({ loader, errorComponent: PageMissing })

export const pages: Readonly<Record<PageName, Component>> = {
  start: StartPage,
  analysing: lazy(loaders.analysing),
  overview: lazy(loaders.overview),
  conversations: lazy(loaders.conversations),
  scanners: lazy(loaders.scanners),
  findings: lazy(loaders.findings),
  capture: lazy(loaders.capture),
  settings: lazy(loaders.settings),
}

/** Fetches all pages one after the other, so that changing to one later waits for nothing. */
export async function preloadPages(): Promise<void> {
  for (const load of Object.values(loaders)) {
    // One that cannot be had says so itself when it is shown.
    await load().catch(() => undefined)
  }
}

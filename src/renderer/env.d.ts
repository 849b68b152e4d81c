/** Lets TypeScript import what Vite and the Vue compiler make of other files. */

declare module '*.vue' {
  import type { DefineComponent } from 'vue'

  const component: DefineComponent<Record<string, unknown>, Record<string, unknown>>
  // The compiler of single-file components exports them so.
  // eslint-disable-next-line no-restricted-syntax
  export default component
}

declare module '*.css'

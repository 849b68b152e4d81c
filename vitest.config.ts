/** Which files are tests, and in which runtime each runs. End-to-end specs belong to Playwright. */

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const PAGES = 'src/renderer/**/*.test.ts'

export default defineConfig({
  plugins: [vue()],
  test: {
    // Room for a slow or busy machine; no test here asserts how long something takes.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['{src,test,tools,bench}/**/*.test.ts'],
          exclude: [PAGES],
        },
      },
      {
        extends: true,
        test: { name: 'page', environment: 'happy-dom', include: [PAGES] },
      },
    ],
  },
})

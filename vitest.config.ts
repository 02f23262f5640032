import { defineConfig } from 'vitest/config'

/** Tests of what happens within seconds have both cores to themselves. */
const timed = ['main', 'faults', 'reconnect', 'gateway', 'register', 'playground'].map(
  (name) => `tests/${name}.test.ts`,
)
const testTimeout = 20_000

// Vitest leaves one core alone, which of two is half.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'side by side',
          include: ['tests/**/*.test.ts'],
          exclude: timed,
          testTimeout,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { name: 'alone', include: timed, testTimeout, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})

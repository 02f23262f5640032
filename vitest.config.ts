import { defineConfig } from 'vitest/config'

// Vitest leaves one core alone, which of two is half: most tests wait for a socket or a process anyway.
export default defineConfig({ test: { include: ['tests/**/*.test.ts'], testTimeout: 20_000, maxWorkers: 2 } })

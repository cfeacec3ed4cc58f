import { defineConfig } from 'vitest/config';

/** Evaluators in other runtimes: run by .ci/run, which installs them and names their folder in RUNTIMES. */
export default defineConfig({
  test: {
    include: ['test/runtimes/*.runtime.ts'],
    globalSetup: ['test/assets-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});

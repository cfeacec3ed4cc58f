import { defineConfig } from 'vitest/config';

/** The built action inside act: run by .ci/run, which builds act and names it in ACT. */
export default defineConfig({
  test: {
    include: ['test/act/*.act.ts'],
    globalSetup: ['test/assets-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});

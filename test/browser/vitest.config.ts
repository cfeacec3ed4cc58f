import { defineConfig } from 'vitest/config';

/** report.html in a real browser: run by .ci/run, which installs Chromium from the distribution's packages where it is not there. */
export default defineConfig({
  test: {
    include: ['test/browser/*.browser.ts'],
    globalSetup: ['test/assets-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});

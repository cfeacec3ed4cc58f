// Reads vitest's JSON: `N passed, N failed`, a file that does not even load being one more that failed.
import { readFileSync } from 'node:fs';

const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
);
console.log(`${numPassedTests} passed, ${numFailedTests + broken.length} failed`);

// Reads vitest's JSON: the files that took longest, and `N passed, N failed`, a file that fails outside of its tests being one more that failed.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
);
const seconds = ({ startTime, endTime }) => Math.round((endTime - startTime) / 1000);
const longest = testResults.filter((file) => seconds(file) >= 30).sort((a, b) => seconds(b) - seconds(a));
for (const file of longest.slice(0, 12)) console.log(`slow: ${seconds(file)} s, ${path.relative('.', file.name)}`);
console.log(`${numPassedTests} passed, ${numFailedTests + broken.length} failed`);

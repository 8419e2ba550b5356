// `node scripts/test-totals.mjs FOLDER STEPS`: sums Jest's results in the folder. A suite without results, one that could
// not be run, and a step that failed without a failed test to show for it count as failed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SUITES = ['main', 'browser', 'cluster', 'faults'];
const [folder, failedSteps] = process.argv.slice(2);

let passed = 0;
let failed = 0;
for (const suite of SUITES) {
  const file = join(folder, `${suite}.json`);
  const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  passed += results?.numPassedTests ?? 0;
  failed += results ? results.numFailedTests + results.numRuntimeErrorTestSuites : 1;
  if (results?.numPendingTests > 0) console.log(`${results.numPendingTests} skipped in the suite ${suite}`);
}
failed = Math.max(failed, Number(failedSteps));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

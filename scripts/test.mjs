// Runs test suites by name: `node scripts/test.mjs [SUITE…]`, by default those that any machine can run in a few
// minutes. Says by name what it did not run. With TEST_RESULTS it leaves each suite's results there as JSON.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders by suite; `apart` says why one is not run with the others. */
const SUITES = {
  main: {
    folders: ['src', 'web', 'test/support', 'test/contract', 'test/documents', 'test/e2e', 'test/replay', 'bench'],
  },
  browser: { folders: ['test/browser'], apart: 'needs Chromium: npm run test:browser', serial: true },
  cluster: { folders: ['test/cluster'], apart: 'starts several nodes: npm run test:cluster', serial: true },
  faults: { folders: ['test/faults'], apart: 'kills servers and databases: npm run test:faults', serial: true },
};

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : ['main'];
const unknown = names.filter((name) => !(name in SUITES));
if (unknown.length > 0) fail(`There is no suite ${unknown.join(', ')}; known are ${Object.keys(SUITES).join(', ')}.`);

const known = Object.values(SUITES).flatMap((suite) => suite.folders);
const strays = specFolders().filter((folder) => !known.includes(folder));
if (strays.length > 0) fail(`No suite of scripts/test.mjs runs ${strays.join(', ')}.`);

let failed = false;
for (const name of names) failed = run(name) || failed;

if (asked.length === 0) {
  for (const { folders, apart } of Object.values(SUITES)) {
    if (apart) console.log(`Not run here: ${folders.join(', ')} (${apart})`);
  }
}
process.exit(failed ? 1 : 0);

function run(name) {
  const { folders, serial } = SUITES[name];
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  if (present.length === 0) return false;
  const args = ['node_modules/jest/bin/jest.js', ...present.map((folder) => `./${folder}/`)];
  if (serial) args.push('--runInBand');
  const results = process.env.TEST_RESULTS;
  if (results) {
    mkdirSync(results, { recursive: true });
    args.push('--json', `--outputFile=${join(results, `${name}.json`)}`);
  }
  const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' };
  // With --json the results would go to standard output too.
  const stdio = results ? ['ignore', 'ignore', 'inherit'] : 'inherit';
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio, env });
  return status !== 0;
}

/** The folders of test/ that hold suites. */
function specFolders() {
  const folders = readdirSync(join(root, 'test'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const holds = ({ name }) =>
    readdirSync(join(root, 'test', name), { recursive: true }).some((file) => /\.spec\.ts$/.test(file));
  return folders.filter(holds).map(({ name }) => `test/${name}`);
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}

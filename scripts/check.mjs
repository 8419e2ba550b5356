// All that CI asks of a change, in one command. Every step runs, so that one look shows everything.
// `--without-tests` is for who has run them already.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (path) => `node_modules/${path}`;
const CODE = ['src', 'migrations', 'web', 'test', 'bench', 'scripts'];

const steps = [
  ['format', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ['lint', bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'],
  ['types of server and tests', bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit'],
  ['types of the pages', bin('typescript/bin/tsc'), '-p', 'web/tsconfig.json', '--noEmit'],
  ['types of browser tests', bin('typescript/bin/tsc'), '-p', 'test/browser/tsconfig.json', '--noEmit'],
  [
    'arrows between modules',
    bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.mjs',
    ...CODE,
  ],
  ['dead code', bin('knip/bin/knip.js')],
  ['API documents are current', 'scripts/api-documents.mjs', '--check'],
];
if (!process.argv.includes('--without-tests')) steps.push(['tests', 'scripts/test.mjs']);

const failed = steps.filter(([name, ...args]) => {
  console.log(`\n- ${name}`);
  return spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0;
});
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.map(([name]) => name).join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);

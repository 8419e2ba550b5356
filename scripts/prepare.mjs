// Runs on the host's own Node before npm start and npm test: installs from the lockfile and builds, each only where
// what stands there is missing or older than what it is made from. No dependency but Node itself.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);

function run(command, args, doing) {
  process.stdout.write(`${doing} …\n`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** A digest of the names and bytes of files below the given paths. */
function digest(paths) {
  const hash = createHash('sha256');
  const walk = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name));
    else if (!path.endsWith('.spec.ts')) hash.update(relative(root, path)).update('\0').update(readFileSync(path));
  };
  paths.forEach((path) => walk(at(path)));
  return hash.digest('hex');
}

const stands = (marker, value) => existsSync(marker) && readFileSync(marker, 'utf8') === value;

const lock = digest(['package-lock.json']);
const installedMarker = at('node_modules', '.postil-installed');
if (!stands(installedMarker, lock)) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Installing from the lockfile');
  writeFileSync(installedMarker, lock);
}

const sources = digest([
  'src',
  'migrations',
  'web',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
]);
const builtMarker = at('dist', '.postil-built');
if (!stands(builtMarker, sources)) {
  run('npm', ['run', '--silent', 'build'], 'Building');
  writeFileSync(builtMarker, sources);
}

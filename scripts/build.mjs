// Builds the server (nest build: tsc with the OpenAPI plugin) and the pages (vite) into dist/.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

rmSync(new URL('../dist/', import.meta.url), { recursive: true, force: true });
run(['node_modules/@nestjs/cli/bin/nest.js', 'build']);
run(['node_modules/vite/bin/vite.js', 'build', '--config', 'web/vite.config.mjs', '--logLevel', 'warn']);

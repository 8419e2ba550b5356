import { resolve } from 'node:path';
import { Beginning, DEMO_SITE, DEMO_THREAD } from './demo.js';
import { startNode, type RunningNode } from './node.js';
import { ConfigError, readConfig, type Config } from './platform/config/config.js';
import { DataDirError, makeDataDir } from './platform/config/data-dir.js';
import { readOrMakeSecretKey } from './platform/config/secret-key.js';
import { EmbeddedPostgres, EmbeddedPostgresError } from './platform/database/embedded/index.js';
import { DatabaseNewerError, migrate } from './platform/database/migrate.js';
import { describeStartFailure } from './start-failure.js';

const SAME_SIGNAL_MS = 500;

// Whoever read the output may be gone (a closed pipe); that must not take the server and its database along.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = readConfig();
  const dataDir = resolve(config.dataDir);
  const stop = new AbortController();
  const stopped = onStopSignals(stop);

  const embedded = config.databaseUrl === undefined ? await startEmbedded(dataDir) : undefined;
  let node: RunningNode | undefined;
  try {
    const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
    // Another node may be migrating for long: a signal need not wait for it.
    await Promise.race([migrate(databaseUrl), stopped]);
    const secretKey = config.secretKey ?? readOrMakeSecretKey(dataDir);
    let signIn: { email: string; password: string } | undefined;
    if (!stop.signal.aborted) {
      node = await startNode({ ...config, dataDir, databaseUrl, secretKey }, async (app) => {
        signIn = await app.get(Beginning).run();
      });
      announce(config, node.address, signIn);
      await stopped;
      say('Stopping …');
    }
    await node?.lifecycle.shutDown();
  } finally {
    await embedded?.stop();
  }
  say('Stopped.');
}

function startEmbedded(dataDir: string): Promise<EmbeddedPostgres> {
  makeDataDir(dataDir);
  return EmbeddedPostgres.start({ dataDir, log: (line) => say(`postgres: ${line}`) });
}

/**
 * The first signal stops in order; one that comes later ends the process where it stands, and the next start recovers.
 * npm passes on the Ctrl-C that the terminal has sent already: those two are one. A terminal that is closed hangs up.
 */
function onStopSignals(stop: AbortController): Promise<void> {
  let first = 0;
  return new Promise((resolveStopped) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (!stop.signal.aborted) {
          first = Date.now();
          stop.abort();
          resolveStopped();
        } else if (Date.now() - first > SAME_SIGNAL_MS) {
          process.stderr.write('Stopped at once, not in order.\n');
          process.exit(1);
        }
      });
    }
  });
}

function announce(config: Config, address: string, signIn: { email: string; password: string } | undefined): void {
  say('');
  if (config.role === 'worker') say(`Postil worker is running; its health is at ${address}/readyz`);
  else {
    say(`Postil is running at ${address}`);
    if (config.demo) {
      say(`  demo article   ${address}/`);
      say(`  its thread     ${address}/t/${DEMO_SITE}/${DEMO_THREAD}`);
    }
    say(`  console        ${address}/console`);
    say(`  API            ${address}/api/docs`);
    if (signIn)
      say(`  sign-in        ${signIn.email}   password ${signIn.password}   (generated; shown until it is changed)`);
    else say(`  sign-in        ${config.adminEmail}, with the password that was set`);
  }
  say('Ctrl-C stops it.');
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const known =
      error instanceof ConfigError ||
      error instanceof DataDirError ||
      error instanceof EmbeddedPostgresError ||
      error instanceof DatabaseNewerError;
    process.stderr.write(`${known ? (error as Error).message : describeStartFailure(error)}\n`);
    process.exit(1);
  },
);

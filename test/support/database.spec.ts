import pg from 'pg';
import { createDatabase } from './database.js';

describe('createDatabase', () => {
  it('gives each suite a migrated database of its own', async () => {
    const [one, two] = await Promise.all([createDatabase(), createDatabase()]);
    const client = new pg.Client(one.url);
    client.on('error', () => undefined); // drop() cuts it off
    await client.connect();
    const migrations = await client.query<{ count: string }>('SELECT count(*) FROM migrations');
    expect(Number(migrations.rows[0]?.count)).toBeGreaterThan(0);
    expect(one.url).not.toBe(two.url);

    await Promise.all([one.drop(), two.drop()]);
    await expect(client.query('SELECT 1')).rejects.toThrow();
    await expect(new pg.Client(two.url).connect()).rejects.toMatchObject({ code: '3D000' });
  });
});

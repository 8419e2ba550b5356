import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { createDatabase, type TestDatabase } from '../../test/support/database.js';
import { entityDrift } from '../../test/support/entity-drift.js';
import { startModules } from '../../test/support/modules.js';
import { until } from '../../test/support/until.js';
import { Clock } from '../platform/clock/clock.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Relay } from '../platform/stream/relay.js';
import { Signals } from '../platform/stream/signals.js';
import {
  ChangeSite,
  CreateSite,
  registerCors,
  DEFAULT_SETTINGS,
  SiteCache,
  OriginPolicy,
  SitesModule,
} from './index.js';
import { Site } from './site.entity.js';

const SYSTEM = { kind: 'system' as const, id: null };

describe('sites', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let now = 1_000_000;

  const unitOfWork = () => app.get(UnitOfWork);
  const cache = () => app.get(SiteCache);
  const create = (key: string, origins: string[] = [], settings = {}) =>
    unitOfWork().run((em) => app.get(CreateSite).run(em, { by: SYSTEM, key, name: 'A site', origins, settings }));
  const change = (siteId: string, input: object) =>
    unitOfWork().run((em) => app.get(ChangeSite).run(em, { by: SYSTEM, siteId, ...input }));
  const query = <Row>(sql: string, values: unknown[] = []) => app.get(DataSource).query<Row[]>(sql, values);

  beforeAll(async () => {
    database = await createDatabase();
    app = await startModules(database.url, [SitesModule], {
      config: { publicUrl: 'https://comments.example' },
      prepare: (created, fastify) => {
        stopTime(created.get(Clock));
        registerCors(fastify, { sites: created.get(SiteCache), origins: created.get(OriginPolicy) });
        for (const url of ['/api/v1/sites/:site/echo', '/api/v1/comments/:id']) {
          fastify.route({ method: ['POST', 'DELETE'], url, handler: () => ({ reached: true }) });
        }
      },
    });
    await create('news', ['https://news.example', 'https://www.news.example']);
    await create('blog', ['https://blog.example']);
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  /** Time stands still unless a test moves it. */
  function stopTime(clock: Clock): void {
    clock.now = () => new Date(now);
  }

  it('keeps the entity equal to the migrations', async () => {
    expect(await entityDrift(database.url, [Site])).toEqual([]);
  });

  describe('GET /sites/{site}', () => {
    it('says what a widget needs, to everybody', async () => {
      const answer = await app.inject({ url: '/api/v1/sites/news', headers: { origin: 'https://anywhere.example' } });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'cache-control': 'public, s-maxage=1',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'etag, retry-after, x-request-id',
      });
      expect(answer.json()).toEqual({
        key: 'news',
        name: 'A site',
        settings: {
          moderationMode: 'pre',
          editWindowSeconds: 300,
          maxDepth: 3,
          maxLength: 5000,
          maxLinks: 3,
          appealDays: 30,
          reportReasons: DEFAULT_SETTINGS.reportReasons,
        },
      });
    });

    it.each(['nowhere', '%00', 'a'.repeat(90), encodeURIComponent('é/?#')])('does not find %s', async (key) => {
      const answer = await app.inject({ url: `/api/v1/sites/${key}` });
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found']);
    });

    it('reads any key of up to 255 characters', async () => {
      for (const key of ['a b', 'ü/ö?', '日本', 'x'.repeat(255)]) {
        await create(key);
        cache().forget();
        expect(await cache().siteByKey(key)).toMatchObject({ key });
      }
      await expect(create('x'.repeat(256))).rejects.toMatchObject({ code: 'validation' });
      await expect(create('')).rejects.toMatchObject({ code: 'validation' });
    });
  });

  describe('changing', () => {
    it('stores only what was given, raises the version once, and tells relay and log in the same transaction', async () => {
      const { site } = await create('settings', [], { maxDepth: 5 });
      const changed = await change(site.id, { settings: { maxLinks: 0, maxDepth: undefined }, name: 'Another name' });
      expect(changed).toMatchObject({
        name: 'Another name',
        version: 2,
        settings: { maxDepth: 5, maxLinks: 0, maxLength: 5000 },
      });
      expect(await query('SELECT settings, version::int FROM sites WHERE id = $1', [site.id])).toEqual([
        { settings: { maxDepth: 5, maxLinks: 0 }, version: 2 },
      ]);
      const codes = { changed: ['name', 'maxLinks'], before: { maxLinks: 3 }, after: { maxLinks: 0 } };
      const outbox = await query('SELECT topic, stream_id, data FROM outbox WHERE subject_id = $1 ORDER BY id', [
        site.id,
      ]);
      expect(outbox).toHaveLength(2);
      expect(outbox[1]).toEqual({ topic: 'site.changed', stream_id: null, data: codes });
      expect(
        await query('SELECT action, actor_kind, codes FROM log_entries WHERE subject_id = $1 ORDER BY id', [site.id]),
      ).toEqual([
        { action: 'site.created', actor_kind: 'system', codes: { settings: { maxDepth: 5 } } },
        { action: 'site.changed', actor_kind: 'system', codes },
      ]);
    });

    it('leaves no trace of what changes nothing', async () => {
      const { site } = await create('same', ['https://a.example', 'https://b.example']);
      const same = await change(site.id, {
        name: 'A site',
        origins: ['https://b.example/', 'https://A.example', 'https://a.example'],
        settings: { maxDepth: 3 },
      });
      expect(same.version).toBe(1);
      expect(await query('SELECT action FROM log_entries WHERE subject_id = $1', [site.id])).toHaveLength(1);
    });

    it('loses none of many changes at once', async () => {
      const { site } = await create('busy');
      const inputs = [{ maxDepth: 9 }, { maxLinks: 9 }, { maxLength: 9 }, { undoSeconds: 9 }, { appealDays: 9 }];
      await Promise.all(inputs.map((settings) => change(site.id, { settings })));
      const [row] = await query<object>('SELECT settings, version::int FROM sites WHERE id = $1', [site.id]);
      expect(row).toEqual({ settings: Object.assign({}, ...inputs), version: 6 });
    });

    it('makes one site of many who make it at once', async () => {
      const results = await Promise.all(Array.from({ length: 8 }, () => create('race')));
      expect(results.filter((result) => result.created)).toHaveLength(1);
      expect(new Set(results.map((result) => result.site.id)).size).toBe(1);
    });

    it('points at the origin that is none', async () => {
      const { site } = await create('origins');
      await expect(change(site.id, { origins: ['https://a.example', 'https://a.example/b'] })).rejects.toMatchObject({
        code: 'validation',
        errors: [{ pointer: '/origins/1' }],
      });
    });
  });

  describe('the cache', () => {
    it('reads a site once a second, however many ask', async () => {
      const { site } = await create('cached');
      const first = await Promise.all(Array.from({ length: 20 }, () => cache().siteByKey('cached')));
      expect(new Set(first).size).toBe(1);
      await query("UPDATE sites SET name = 'Changed behind its back' WHERE id = $1", [site.id]);
      now += 999;
      expect(await cache().siteByKey('cached')).toBe(first[0]);
      now += 1;
      expect((await cache().siteByKey('cached')).name).toBe('Changed behind its back');
    });

    it('hears of a change by the relay at once, also of a site that was not there', async () => {
      const signals = app.get(Signals);
      const relay = app.get(Relay);
      await signals.start();
      relay.start();
      try {
        await expect(cache().siteByKey('late')).rejects.toMatchObject({ code: 'not-found' });
        const { site } = await create('late');
        await until(async () => (await cache().find('late')) !== undefined, 'the new site');
        const before = await cache().siteById(site.id);
        await change(site.id, { settings: { maxDepth: 8 } });
        await until(async () => (await cache().siteById(site.id)).settings.maxDepth === 8, 'the new depth');
        expect(before.settings.maxDepth).toBe(3);
      } finally {
        await relay.stop();
        await signals.stop();
      }
    });
  });

  describe('CORS', () => {
    const preflight = (url: string, origin: string, method: string) =>
      app.inject({ method: 'OPTIONS', url, headers: { origin, 'access-control-request-method': method } });

    it.each([
      ['/api/v1/sites/news/echo', 'https://news.example', 'POST', 'https://news.example'],
      ['/api/v1/sites/news/echo', 'https://comments.example', 'POST', 'https://comments.example'],
      ['/api/v1/sites/news/echo', 'https://blog.example', 'POST', undefined],
      ['/api/v1/sites/news/echo', 'null', 'POST', undefined],
      ['/api/v1/sites/%6eews/echo', 'https://blog.example', 'POST', undefined],
      ['/api/v1/comments/1', 'https://blog.example', 'PATCH', 'https://blog.example'],
      ['/api/v1/comments/1', 'https://evil.example', 'PATCH', undefined],
      ['/api/v1/sites/news/threads', 'https://evil.example', 'GET', '*'],
    ])('preflight of %s from %s for %s: %s', async (url, origin, method, allowed) => {
      const answer = await preflight(url, origin, method);
      expect(answer.statusCode).toBe(204);
      expect(answer.headers['access-control-allow-origin']).toBe(allowed);
      expect(answer.headers.vary).toContain('Origin');
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
      if (allowed === undefined) return;
      expect(answer.headers).toMatchObject({
        'access-control-allow-headers': 'authorization, content-type, idempotency-key, if-none-match',
        'access-control-max-age': '600',
      });
      expect(String(answer.headers['access-control-allow-methods']).split(', ')).toContain(method);
    });

    const post = (url: string, headers: Record<string, string>) => app.inject({ method: 'POST', url, headers });

    it.each([
      ['/api/v1/sites/news/echo', { origin: 'https://news.example' }, 200],
      ['/api/v1/sites/news/echo', { origin: 'http://internal:3000', host: 'internal:3000' }, 200],
      ['/api/v1/sites/news/echo', {}, 200],
      ['/api/v1/sites/news/echo', { origin: 'https://blog.example' }, 403],
      ['/api/v1/sites/%6eews/echo', { origin: 'https://blog.example' }, 403],
      ['/api/v1/sites/news/echo', { origin: 'null' }, 403],
      ['/api/v1/comments/1', { origin: 'https://blog.example' }, 200],
      ['/api/v1/comments/1', { origin: 'https://evil.example' }, 403],
    ])('write to %s with %j: %i', async (url, headers: Record<string, string>, status) => {
      const answer = await post(url, headers);
      expect(answer.statusCode).toBe(status);
      expect(answer.headers.vary).toBe('Origin');
      const crossing = headers.origin !== undefined && headers.host === undefined;
      expect(answer.headers['access-control-allow-origin']).toBe(
        status === 200 && crossing ? headers.origin : undefined,
      );
      if (status === 403) {
        expect(answer.json()).toMatchObject({
          type: 'urn:postil:problem:origin-not-permitted',
          code: 'origin-not-permitted',
        });
      }
    });

    it('lets the page read why it was refused', async () => {
      const answer = await app.inject({ url: '/api/v1/sites/nowhere', headers: { origin: 'https://x.example' } });
      expect(answer.headers['access-control-allow-origin']).toBe('*');
    });
  });
});

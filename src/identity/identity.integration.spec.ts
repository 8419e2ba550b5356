import { Controller, Delete, Get, UseGuards } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { newId } from '../platform/new-id.js';
import { createDatabase, type TestDatabase } from '../../test/support/database.js';
import { entityDrift } from '../../test/support/entity-drift.js';
import { startModules } from '../../test/support/modules.js';
import { until } from '../../test/support/until.js';
import type { RuntimeConfig } from '../platform/tokens.js';
import { OriginPolicy, registerCors, SiteCache } from '../sites/index.js';
import { Site } from '../sites/site.entity.js';
import { permittedTo } from './policy.js';
import type { Actor } from './actor.js';
import {
  CurrentActor,
  EnsureFirstOwner,
  EnsureSite,
  IdentityModule,
  ReaderSession,
  ReaderTokens,
  ResolveActor,
  SignInHint,
} from './index.js';
import { ReaderSessionEntity } from './reader-session.entity.js';
import { Reader } from './reader.entity.js';
import { StaffRole } from './staff-role.entity.js';
import { StaffSession } from './staff-session.entity.js';
import { Staff } from './staff.entity.js';

const API = '/api/v1';
const PASSWORD = 'correct horse battery';
const FIRST = { email: 'owner@localhost', password: 'the first password' };
const HOST = 'comments.example';

/** What the other modules do with the decorators. */
@Controller('probe')
class ProbeController {
  @Get('actor')
  @UseGuards(ResolveActor)
  read(@CurrentActor() actor: Actor): object {
    return { kind: actor.kind };
  }

  @Delete('actor')
  @UseGuards(ResolveActor)
  write(@CurrentActor() actor: Actor): object {
    return { kind: actor.kind };
  }

  @Get('session')
  session(@ReaderSession() sessionId: string): object {
    return { sessionId };
  }
}

/** The parts that the suite itself goes on with; all else is compared whole. */
interface AnswerBody {
  token?: string;
  code?: string;
  staff?: { id: string };
  items?: object[];
  nextCursor?: string | null;
  errors?: object[];
  settings?: object;
}

interface Answer {
  status: number;
  body: AnswerBody;
  cookie: string | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

describe('identity', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let owner: string;

  const config: Partial<RuntimeConfig> = {
    publicUrl: `https://${HOST}`,
    adminEmail: FIRST.email,
    adminPassword: FIRST.password,
  };
  const start = (over: Partial<RuntimeConfig> = {}) =>
    startModules(
      database.url,
      [IdentityModule, { module: class Probe {}, imports: [IdentityModule], controllers: [ProbeController] }],
      {
        config: { ...config, ...over },
        prepare: (created, fastify) =>
          registerCors(fastify, { sites: created.get(SiteCache), origins: created.get(OriginPolicy) }),
      },
    );

  const query = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []) =>
    app.get(DataSource).query<Row[]>(sql, values);

  async function ask(method: Method, url: string, token?: string, body?: object, headers = {}): Promise<Answer> {
    const answer = await app.inject({
      method,
      url,
      headers: { host: HOST, ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      ...(body ? { payload: body } : {}),
    });
    const cookie = answer.headers['set-cookie'];
    return {
      status: answer.statusCode,
      body: answer.body === '' ? {} : answer.json<AnswerBody>(),
      cookie: Array.isArray(cookie) ? cookie[0] : cookie,
    };
  }

  async function refusal(...request: Parameters<typeof ask>): Promise<[number, unknown]> {
    const { status, body } = await ask(...request);
    return [status, body.code];
  }

  async function signIn(email: string, password = PASSWORD): Promise<string> {
    const answer = await ask('POST', `${API}/staff/sessions`, undefined, { email, password });
    expect(answer.status).toBe(201);
    return answer.body.token ?? '';
  }

  async function add(email: string, site: string, role: string, by = owner): Promise<{ id: string; token: string }> {
    const body = { email, password: PASSWORD, displayName: email.split('@')[0], site, role };
    const answer = await ask('POST', `${API}/staff`, by, body);
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return { id: answer.body.staff?.id ?? '', token: await signIn(email) };
  }

  async function newSite(key: string, by = owner): Promise<void> {
    expect((await ask('PUT', `${API}/sites/${key}`, by, { name: key })).status).toBe(200);
  }

  beforeAll(async () => {
    database = await createDatabase();
    app = await start();
    await Promise.all([app.get(EnsureFirstOwner).run(), app.get(EnsureFirstOwner).run()]);
    const demo = { key: 'demo', name: 'Demo', settings: { moderationMode: 'pre' as const } };
    expect((await app.get(EnsureSite).run(demo)).created).toBe(true);
    expect((await app.get(EnsureSite).run({ ...demo, name: 'Other' })).created).toBe(false);
    owner = await signIn(FIRST.email, FIRST.password);
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('keeps the entities equal to the migrations', async () => {
    const entities = [Site, Staff, StaffRole, StaffSession, Reader, ReaderSessionEntity];
    expect(await entityDrift(database.url, entities)).toEqual([]);
  });

  describe('readers', () => {
    const sessions = `${API}/sites/demo/sessions`;

    it('start a session by a name and end it', async () => {
      const { status, body } = await ask('POST', sessions, undefined, {
        displayName: '  Ada\u202e  L. ',
        email: 'ada@example.org',
      });
      expect(status).toBe(201);
      expect(body).toEqual({
        token: expect.stringMatching(/^pr_/),
        reader: { id: expect.any(String), displayName: 'Ada L.' },
      });
      const token = body.token;
      const sessionId = app.get(ReaderTokens).verify(token ?? '');
      const [row] = await query(
        `SELECT r.email, r.kind, s.expires_at - s.created_at > interval '179 days' AS long
         FROM readers r JOIN reader_sessions s ON s.reader_id = r.id WHERE s.id = $1`,
        [sessionId],
      );
      expect(row).toEqual({ email: 'ada@example.org', kind: 'guest', long: true });
      expect((await ask('GET', '/probe/actor', token)).body).toEqual({ kind: 'reader' });
      expect((await ask('GET', '/probe/session', token)).body).toEqual({ sessionId });

      expect((await ask('DELETE', sessions, token)).status).toBe(204);
      expect((await ask('DELETE', sessions, token)).status).toBe(204);
      expect(await refusal('GET', '/probe/actor', token)).toEqual([401, 'invalid-token']);
    });

    it('cannot end a session on another site, nor by a token of their own making', async () => {
      await newSite('elsewhere');
      const token = (await ask('POST', sessions, undefined, { displayName: 'Bo' })).body.token;
      expect(await refusal('DELETE', `${API}/sites/elsewhere/sessions`, token)).toEqual([401, 'invalid-token']);
      expect(await refusal('DELETE', sessions, `pr_${'A'.repeat(22)}.${'A'.repeat(43)}`)).toEqual([
        401,
        'invalid-token',
      ]);
      expect(await refusal('DELETE', sessions)).toEqual([401, 'unauthenticated']);
      expect((await ask('GET', '/probe/actor', token)).body).toEqual({ kind: 'reader' });
    });

    it('are refused once the session has run out', async () => {
      const token = (await ask('POST', sessions, undefined, { displayName: 'Cy' })).body.token;
      const id = app.get(ReaderTokens).verify(token ?? '');
      await query('UPDATE reader_sessions SET expires_at = clock_timestamp() WHERE id = $1', [id]);
      expect(await refusal('GET', '/probe/actor', token)).toEqual([401, 'invalid-token']);
    });

    it.each([
      [{}, '/displayName'],
      [{ displayName: '\u200b' }, '/displayName'],
      [{ displayName: 7 }, '/displayName'],
      [{ displayName: 'A', email: 'none' }, '/email'],
      [{ displayName: 'A', email: null }, '/email'],
      [{ displayName: 'A', admin: true }, '/admin'],
    ])('%j is refused at %s', async (body, pointer) => {
      const answer = await ask('POST', sessions, undefined, body);
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })]);
    });

    it('are nobody without a token, and on no unknown site', async () => {
      expect((await ask('GET', '/probe/actor')).body).toEqual({ kind: 'anonymous' });
      expect(await refusal('POST', `${API}/sites/nowhere/sessions`, undefined, { displayName: 'A' })).toEqual([
        404,
        'not-found',
      ]);
    });
  });

  describe('staff sessions', () => {
    const sessions = `${API}/staff/sessions`;
    const signIns = (body: object, headers = {}) => ask('POST', sessions, undefined, body, headers);

    it('begin by password, with token and cookie, and end', async () => {
      const { status, body, cookie } = await signIns({ ...FIRST, email: FIRST.email.toUpperCase() });
      expect(status).toBe(201);
      const staff = { id: expect.any(String), displayName: 'Owner', email: FIRST.email, disabled: false };
      expect(body.staff).toMatchObject({ ...staff, roles: expect.arrayContaining([{ site: 'demo', role: 'owner' }]) });
      expect(JSON.stringify(body)).not.toContain('argon2');
      expect(cookie).toBe(
        `postil_staff=${body.token ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800; Secure`,
      );

      const byCookie = { cookie: cookie?.split(';')[0], origin: `https://${HOST}` };
      expect((await ask('GET', `${sessions}/current`, undefined, undefined, byCookie)).body.staff).toEqual(body.staff);
      const ended = await ask('DELETE', `${sessions}/current`, undefined, undefined, byCookie);
      expect([ended.status, ended.cookie]).toEqual([204, expect.stringContaining('Max-Age=0')]);
      expect(await refusal('GET', `${sessions}/current`, body.token)).toEqual([401, 'invalid-token']);
    });

    it('say alike what was wrong', async () => {
      const wrong = await signIns({ email: FIRST.email, password: 'not the password' });
      const unknown = await signIns({ email: 'nobody@example.org', password: FIRST.password });
      expect(wrong.status).toBe(401);
      expect(wrong.body.code).toBe('wrong-credentials');
      expect(wrong).toEqual(unknown);
      expect((await signIns({ ...FIRST, totp: '123456' })).body).toMatchObject({
        status: 422,
        errors: [{ pointer: '/totp' }],
      });
    });

    it('are not for readers and strangers', async () => {
      const reader = (await ask('POST', `${API}/sites/demo/sessions`, undefined, { displayName: 'R' })).body
        .token as string;
      for (const token of [undefined, reader]) {
        for (const [method, url] of [
          ['GET', '/staff'],
          ['GET', '/sites'],
          ['GET', '/staff/sessions/current'],
          ['PUT', '/sites/demo'],
          ['PATCH', `/staff/${newId()}`],
        ] as const) {
          expect(await refusal(method, API + url, token, method === 'GET' ? undefined : {})).toEqual([
            401,
            'unauthenticated',
          ]);
        }
      }
    });

    it.each([
      [{ origin: `https://${HOST}` }, 200],
      [{ origin: `http://${HOST}` }, 200],
      [{ 'sec-fetch-site': 'same-origin' }, 200],
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: 'null' }, 403],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
      [{ 'sec-fetch-site': 'same-site' }, 403],
      [{ 'sec-fetch-site': 'none' }, 403],
      [{}, 403],
    ])('by cookie, a write with %j: %i', async (headers, status) => {
      const cookie = `postil_staff=${owner}`;
      const answer = await ask('DELETE', '/probe/actor', undefined, undefined, { cookie, ...headers });
      expect(answer.status).toBe(status);
      if (status === 403) expect(answer.body.code).toBe('cross-site-request');
      expect((await ask('GET', '/probe/actor', undefined, undefined, { cookie, ...headers })).status).toBe(200);
      expect((await ask('DELETE', '/probe/actor', owner, undefined, headers)).status).toBe(200);
    });

    it('do not begin from another page, be it a permitted one', async () => {
      await ask('PUT', `${API}/sites/demo`, owner, { origins: ['https://news.example'] });
      expect((await signIns(FIRST, { origin: 'https://news.example' })).body.code).toBe('cross-site-request');
      expect((await signIns(FIRST, { origin: 'https://evil.example' })).body.code).toBe('origin-not-permitted');
      expect((await signIns(FIRST, { origin: `https://${HOST}` })).status).toBe(201);
    });
  });

  describe('staff', () => {
    it('is brought by owners, listed for owners and admins, page by page', async () => {
      await newSite('list');
      const people = [
        await add('anna@list.example', 'list', 'admin'),
        await add('mo@list.example', 'list', 'moderator'),
      ];
      const [admin, moderator] = people.map((person) => person.token);
      const first = await ask('GET', `${API}/staff?site=list&limit=2`, admin);
      const second = await ask('GET', `${API}/staff?site=list&limit=2&cursor=${String(first.body.nextCursor)}`, admin);
      expect(second.body.nextCursor).toBeNull();
      const items = [first, second].flatMap((answer) => answer.body.items ?? []);
      expect(items).toEqual([
        expect.objectContaining({ email: FIRST.email, roles: [{ site: 'list', role: 'owner' }] }),
        expect.objectContaining({ email: 'anna@list.example', roles: [{ site: 'list', role: 'admin' }] }),
        expect.objectContaining({ email: 'mo@list.example', disabled: false }),
      ]);
      expect((await ask('GET', `${API}/staff`, admin)).body.items).toEqual(items);
      expect(await refusal('GET', `${API}/staff?site=list`, moderator)).toEqual([403, 'forbidden']);
      expect(await refusal('GET', `${API}/staff?site=demo`, admin)).toEqual([404, 'not-found']);
      expect(await refusal('GET', `${API}/staff?site=nowhere`, admin)).toEqual([404, 'not-found']);
      expect(await refusal('GET', `${API}/staff?limit=0`, admin)).toEqual([400, 'malformed-parameter']);
      expect(await refusal('GET', `${API}/staff?cursor=xx`, admin)).toEqual([400, 'malformed-cursor']);

      const another = {
        email: 'x@list.example',
        password: PASSWORD,
        displayName: 'X',
        site: 'list',
        role: 'moderator',
      };
      expect(await refusal('POST', `${API}/staff`, admin, another)).toEqual([403, 'forbidden']);
      expect(await refusal('POST', `${API}/staff`, owner, { ...another, email: 'ANNA@list.example' })).toEqual([
        409,
        'staff-exists',
      ]);
      expect(await refusal('POST', `${API}/staff`, owner, { ...another, password: 'too short' })).toEqual([
        422,
        'validation',
      ]);
      const [log] = await query('SELECT action, codes FROM log_entries WHERE subject_id = $1', [people[0]?.id]);
      expect(log).toEqual({ action: 'staff.added', codes: { role: 'admin' } });
    });

    it('changes roles by owners of the site alone, and the log says so', async () => {
      await newSite('roles');
      const admin = await add('admin@roles.example', 'roles', 'admin');
      const other = await add('other@roles.example', 'roles', 'moderator');
      const patch = (by: string, id: string, body: object) => refusal('PATCH', `${API}/staff/${id}`, by, body);
      expect(await patch(admin.token, other.id, { site: 'roles', role: 'owner' })).toEqual([403, 'forbidden']);
      expect(await patch(owner, other.id, { role: 'owner' })).toEqual([422, 'validation']);
      expect(await patch(owner, other.id, { site: 'roles' })).toEqual([422, 'validation']);
      expect(await patch(owner, newId(), { site: 'roles', role: 'admin' })).toEqual([404, 'not-found']);
      expect(await patch(owner, 'nonsense', { disabled: true })).toEqual([404, 'not-found']);

      const promoted = await ask('PATCH', `${API}/staff/${other.id}`, owner, { site: 'roles', role: 'admin' });
      expect(promoted.body.staff).toMatchObject({ roles: [{ site: 'roles', role: 'admin' }] });
      const removed = await ask('PATCH', `${API}/staff/${other.id}`, owner, { site: 'roles', role: null });
      expect(removed.body.staff).toMatchObject({ roles: [] });
      expect(await patch(owner, other.id, { disabled: true })).toEqual([404, 'not-found']);
      const log = await query('SELECT action, codes FROM log_entries WHERE subject_id = $1 ORDER BY id', [other.id]);
      expect(log.slice(1)).toEqual([
        { action: 'staff.role-changed', codes: { from: 'moderator', to: 'admin' } },
        { action: 'staff.role-changed', codes: { from: 'admin', to: null } },
      ]);
    });

    it('is unseen by those of other sites', async () => {
      await newSite('mine');
      await newSite('theirs');
      const mine = await add('me@mine.example', 'mine', 'owner');
      const theirs = await add('them@theirs.example', 'theirs', 'moderator');
      expect(await refusal('PATCH', `${API}/staff/${theirs.id}`, mine.token, { disabled: true })).toEqual([
        404,
        'not-found',
      ]);
      expect(await refusal('PATCH', `${API}/staff/${theirs.id}`, mine.token, { site: 'mine', role: 'admin' })).toEqual([
        404,
        'not-found',
      ]);
      expect(await refusal('PATCH', `${API}/staff/${mine.id}`, mine.token, { site: 'theirs', role: 'owner' })).toEqual([
        404,
        'not-found',
      ]);
      expect(await refusal('PUT', `${API}/sites/theirs`, mine.token, { name: 'Mine now' })).toEqual([404, 'not-found']);
    });

    it('is disabled, renamed and given a password only by who owns every site of theirs, and signed out by it', async () => {
      await newSite('one');
      await newSite('two');
      const half = await add('half@one.example', 'one', 'owner');
      const person = await add('both@one.example', 'one', 'moderator');
      expect((await ask('PATCH', `${API}/staff/${person.id}`, owner, { site: 'two', role: 'moderator' })).status).toBe(
        200,
      );
      for (const body of [{ disabled: true }, { password: PASSWORD }, { displayName: 'X' }]) {
        expect(await refusal('PATCH', `${API}/staff/${person.id}`, half.token, body)).toEqual([403, 'forbidden']);
      }
      const seen = await ask('PATCH', `${API}/staff/${person.id}`, half.token, { site: 'one', role: 'admin' });
      expect(seen.body.staff).toMatchObject({ roles: [{ site: 'one', role: 'admin' }] });

      const renamed = await ask('PATCH', `${API}/staff/${person.id}`, person.token, { displayName: ' New  Name' });
      expect(renamed.body.staff).toMatchObject({ displayName: 'New Name' });
      expect(await refusal('PATCH', `${API}/staff/${person.id}`, person.token, { disabled: true })).toEqual([
        403,
        'forbidden',
      ]);
      const password = 'another good password';
      expect((await ask('PATCH', `${API}/staff/${person.id}`, person.token, { password })).status).toBe(200);
      expect(await refusal('GET', '/probe/actor', person.token)).toEqual([401, 'invalid-token']);
      expect(
        await refusal('POST', `${API}/staff/sessions`, undefined, { email: 'both@one.example', password: PASSWORD }),
      ).toEqual([401, 'wrong-credentials']);

      const again = await signIn('both@one.example', password);
      const disabled = await ask('PATCH', `${API}/staff/${person.id}`, owner, { disabled: true });
      expect(disabled.body.staff).toMatchObject({ disabled: true });
      expect(await refusal('GET', '/probe/actor', again)).toEqual([401, 'invalid-token']);
      expect(
        await refusal('POST', `${API}/staff/sessions`, undefined, { email: 'both@one.example', password }),
      ).toEqual([401, 'wrong-credentials']);
      expect((await ask('PATCH', `${API}/staff/${person.id}`, owner, { disabled: false })).status).toBe(200);
      expect(await refusal('GET', '/probe/actor', again)).toEqual([401, 'invalid-token']);
      await signIn('both@one.example', password);
      const log = await query('SELECT DISTINCT site_id, action FROM log_entries WHERE subject_id = $1', [person.id]);
      expect(log.filter((entry) => entry.action === 'staff.disabled')).toHaveLength(2);
      expect(JSON.stringify(await query('SELECT codes FROM log_entries'))).not.toMatch(/@|New Name|password/);
    });

    it('never leaves a site without an owner who can sign in', async () => {
      await newSite('last');
      const [me] = await query<{ id: string }>('SELECT id FROM staff WHERE email = $1', [FIRST.email]);
      const id = String(me?.id);
      for (const body of [{ site: 'last', role: null }, { site: 'last', role: 'admin' }, { disabled: true }]) {
        expect(await refusal('PATCH', `${API}/staff/${id}`, owner, body)).toEqual([409, 'last-owner']);
      }
      const second = await add('second@last.example', 'last', 'owner');
      expect((await ask('PATCH', `${API}/staff/${second.id}`, owner, { disabled: true })).status).toBe(200);
      expect(await refusal('PATCH', `${API}/staff/${id}`, owner, { site: 'last', role: null })).toEqual([
        409,
        'last-owner',
      ]);
      expect((await ask('GET', '/probe/actor', owner)).status).toBe(200);
    });

    it.each([
      ['demote', { role: 'moderator' }],
      ['remove', { role: null }],
      ['disable', { disabled: true }],
    ])('two owners who %s each other at once leave one', async (verb, change) => {
      for (let round = 0; round < 5; round++) {
        const site = `duel-${verb}-${round}`;
        await newSite(site);
        const one = await add(`one@${site}.example`, site, 'owner');
        const two = await add(`two@${site}.example`, site, 'owner');
        const [first] = await query<{ id: string }>('SELECT id FROM staff WHERE email = $1', [FIRST.email]);
        expect((await ask('PATCH', `${API}/staff/${first?.id}`, owner, { site, role: null })).status).toBe(200);
        const body = 'role' in change ? { ...change, site } : change;
        const answers = await Promise.all([
          ask('PATCH', `${API}/staff/${two.id}`, one.token, body),
          ask('PATCH', `${API}/staff/${one.id}`, two.token, body),
        ]);
        const statuses = answers.map((answer) => answer.status).sort();
        // Whoever was signed out before the request arrived is told so.
        expect([
          [200, 409],
          [200, 401],
          [200, 403],
          [200, 404],
        ]).toContainEqual(statuses);
        const [owners] = await query(
          `SELECT count(*)::int AS count FROM staff_roles r JOIN staff p ON p.id = r.staff_id JOIN sites s ON s.id = r.site_id
           WHERE s.key = $1 AND r.role = 'owner' AND p.disabled_at IS NULL`,
          [site],
        );
        expect(owners).toEqual({ count: 1 });
      }
    });

    it('begins no session by a password that is being changed', async () => {
      const email = 'racer@demo.example';
      const person = await add(email, 'demo', 'moderator');
      const change = app.get(DataSource).createQueryRunner();
      await change.startTransaction();
      await change.query("UPDATE staff SET password_hash = 'another' WHERE id = $1", [person.id]);
      const signingIn = refusal('POST', `${API}/staff/sessions`, undefined, { email, password: PASSWORD });
      await until(async () => {
        const [waiting] = await query<{ count: number }>(
          `SELECT count(*)::int AS count FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return waiting?.count === 1;
      }, 'the sign-in to wait for the change');
      await change.commitTransaction();
      await change.release();
      expect(await signingIn).toEqual([401, 'wrong-credentials']);
    });
  });

  describe('sites', () => {
    it('are listed with my role, changed by owners, made by who owns one', async () => {
      await newSite('press');
      const admin = await add('admin@press.example', 'press', 'admin');
      const press = { key: 'press', name: 'press', origins: [], role: 'admin', may: permittedTo('admin') };
      const mine = await ask('GET', `${API}/sites`, admin.token);
      expect(mine.body).toMatchObject({ items: [press], nextCursor: null });
      expect(await refusal('PUT', `${API}/sites/press`, admin.token, { name: 'X' })).toEqual([403, 'forbidden']);
      expect(await refusal('PUT', `${API}/sites/new`, admin.token, { name: 'X' })).toEqual([404, 'not-found']);
      expect(await refusal('PUT', `${API}/sites/new`, owner, {})).toEqual([422, 'validation']);

      const saved = await ask('PUT', `${API}/sites/press`, owner, {
        name: 'The Press',
        origins: ['https://press.example/', 'HTTPS://PRESS.example'],
        settings: { moderationMode: 'post', claimSeconds: 60 },
      });
      expect(saved.status).toBe(200);
      expect(saved.body).toMatchObject({ key: 'press', name: 'The Press', origins: ['https://press.example'] });
      const partial = await ask('PUT', `${API}/sites/press`, owner, { settings: { maxDepth: 5 } });
      expect(partial.body).toMatchObject({
        name: 'The Press',
        origins: ['https://press.example'],
        settings: { moderationMode: 'post', claimSeconds: 60, maxDepth: 5, reportThreshold: 3 },
      });
      expect((await ask('GET', `${API}/sites/press`)).body.settings).toMatchObject({
        maxDepth: 5,
        moderationMode: 'post',
      });
    });

    it.each([
      [{ name: ' ' }, '/name'],
      [{ name: null }, '/name'],
      [{ origins: ['https://a.example/path'] }, '/origins/0'],
      [{ origins: 'https://a.example' }, '/origins'],
      [{ settings: { maxDepth: 21 } }, '/settings/maxDepth'],
      [{ settings: { moderationMode: 'none' } }, '/settings/moderationMode'],
      [{ settings: { colour: 'red' } }, '/settings/colour'],
      [{ settings: [] }, '/settings'],
      [{ settings: null }, '/settings'],
      [{ version: 3 }, '/version'],
    ])('%j is refused at %s', async (body, pointer) => {
      const answer = await ask('PUT', `${API}/sites/demo`, owner, body);
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })]);
    });

    it('are made once by a double click', async () => {
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => ask('PUT', `${API}/sites/double`, owner, { name: 'D' })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const log = await query(
        "SELECT action FROM log_entries WHERE subject_id = (SELECT id FROM sites WHERE key = 'double')",
      );
      expect(log).toEqual([{ action: 'site.created' }]);
    });
  });

  describe('the first owner', () => {
    let before: NestFastifyApplication;
    let own: TestDatabase;

    beforeEach(async () => {
      [before, own] = [app, database];
      database = await createDatabase();
    });

    afterEach(async () => {
      await app.close();
      await database.drop();
      [app, database] = [before, own];
    });

    it('has a generated password that is shown until it is changed', async () => {
      app = await start({ adminPassword: undefined });
      expect(await app.get(SignInHint).run()).toBeUndefined();
      await app.get(EnsureFirstOwner).run();
      const hint = await app.get(SignInHint).run();
      expect(hint).toEqual({ email: FIRST.email, password: expect.stringMatching(/^([0-9a-z]{5}-){3}[0-9a-z]{5}$/) });
      expect(await app.get(SignInHint).run()).toEqual(hint);

      const token = await signIn(FIRST.email, hint?.password);
      await newSite('the-first-one', token);
      const { body } = await ask('GET', `${API}/staff/sessions/current`, token);
      const id = body.staff?.id ?? '';
      expect((await ask('PATCH', `${API}/staff/${id}`, token, { password: PASSWORD })).status).toBe(200);
      expect(await app.get(SignInHint).run()).toBeUndefined();
      await app.get(EnsureFirstOwner).run();
      await signIn(FIRST.email);
    });

    it('is not shown a password that another secret key would give', async () => {
      app = await start({ adminPassword: undefined });
      await app.get(EnsureFirstOwner).run();
      await app.close();
      app = await start({ adminPassword: undefined, secretKey: 'quite another secret key, by mistake' });
      expect(await app.get(SignInHint).run()).toBeUndefined();
    });

    it('needs a password in production', async () => {
      app = await start({ production: true, adminPassword: undefined });
      await expect(app.get(EnsureFirstOwner).run()).rejects.toThrow('ADMIN_PASSWORD is missing');
      await app.close();
      app = await start({ production: true });
      await app.get(EnsureFirstOwner).run();
      expect(await app.get(SignInHint).run()).toBeUndefined();
    });
  });
});

import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '../../src/platform/database/migrate.js';
import { newId } from '../../src/platform/new-id.js';
import { Api } from '../environment/api.js';
import { SITE, type Environment } from '../environment/environment.js';
import { PostilNode } from '../environment/postil-node.js';
import type { Report } from '../support/report.js';
import { median, quantile } from '../support/statistics.js';
import { mebibytes, milliseconds, perSecond } from '../support/units.js';

const NAME = 'mails';
const SUBSCRIBERS = 10_000;
const DOMAINS = 200;
const POSTS_PER_SECOND = 50;
const UNDISTURBED_MS = 8_000;
const WITHIN_MS = 600_000;
const DATABASE = 'mails';

interface Sink {
  received: number;
  bytes: number;
  lastAt: number;
}

/**
 * One published comment in a thread with 10,000 confirmed subscribers, on a node that serves and sends at once, with a
 * database of its own. Meanwhile readers post in another thread.
 */
export async function mails(env: Environment, report: Report): Promise<void> {
  await env.cluster.postil.query(`CREATE DATABASE ${DATABASE}`);
  const url = new URL(env.cluster.postilUrl);
  url.pathname = `/${DATABASE}`;
  await migrate(url.href);
  const pool = new pg.Pool({ connectionString: url.href, max: 2 });
  const sink = env.start('bare/mail-sink.ts');
  const port = await sink.call<number>('listen');
  const node = await PostilNode.start({
    DATABASE_URL: url.href,
    SMTP_URL: `smtp://127.0.0.1:${port}/?ignoreTLS=true`,
    MAIL_DOMAIN_RATE: '1000',
  });
  try {
    const api = await Api.signIn(node.port);
    await api.site(SITE, 'post');
    await pool.query(`UPDATE sites SET settings = settings || '{"mailWindowSeconds": 0}'`);
    const threadId = await api.thread(SITE, 'followed');
    await api.thread(SITE, 'beside');
    await subscribe(pool, threadId);
    const [token = '', other = ''] = await api.guests(SITE, 2);

    await posting(node.port, other, async () => delay(2_000));
    const undisturbed = await posting(node.port, other, async () => delay(UNDISTURBED_MS));
    const resident = [node.residentBytes];
    let [queuedMs, sentMs] = [NaN, NaN];
    const disturbed = await posting(node.port, other, async () => {
      const begun = Date.now();
      await post(node.port, token, 'followed', 'Told to many.');
      while (Date.now() - begun < WITHIN_MS) {
        await delay(200);
        resident.push(node.residentBytes);
        if (Number.isNaN(queuedMs) && (await mailsOf(pool)) === SUBSCRIBERS) queuedMs = Date.now() - begun;
        const { received, lastAt } = await sink.call<Sink>('received');
        if (received < SUBSCRIBERS) continue;
        sentMs = lastAt - begun;
        return;
      }
    });
    const { received } = await sink.call<Sink>('received');
    report.check(
      NAME,
      `mails that the sink has of ${SUBSCRIBERS}, each once`,
      String(received),
      String(SUBSCRIBERS),
      received === SUBSCRIBERS,
    );
    report.note(NAME, 'until all are queued', milliseconds(queuedMs));
    report.note(NAME, 'until the sink has all', milliseconds(sentMs), perSecond((SUBSCRIBERS / sentMs) * 1_000));
    const third = Math.ceil(resident.length / 3);
    const grown = Math.max(...resident.slice(-third)) - Math.max(...resident.slice(0, third));
    report.check(
      NAME,
      'memory: most of the last third over most of the first',
      mebibytes(grown),
      '≤ 50 MiB',
      grown <= 50 * 2 ** 20,
    );
    report.note(
      NAME,
      'memory: most while sending, before',
      mebibytes(Math.max(...resident)),
      mebibytes(resident[0] ?? 0),
    );
    const ratio = median(disturbed) / median(undisturbed);
    const figures = `${milliseconds(median(disturbed))} against ${milliseconds(median(undisturbed))}, ${ratio.toFixed(2)} times`;
    report.check(NAME, `p50 of ${POSTS_PER_SECOND} posts a second meanwhile`, figures, '≤ 1.5 times', ratio <= 1.5);
    report.note(
      NAME,
      'p99 meanwhile',
      milliseconds(quantile(disturbed, 0.99)),
      milliseconds(quantile(undisturbed, 0.99)),
    );
  } finally {
    await node.stop();
    await pool.end();
  }
}

async function subscribe(pool: pg.Pool, threadId: string): Promise<void> {
  const ids = () => Array.from({ length: SUBSCRIBERS }, () => newId());
  await pool.query(
    `INSERT INTO addresses (id, site_id, email, email_key, confirmed_at)
     SELECT a.id, t.site_id, 'reader-' || n || '@domain-' || n % ${DOMAINS} || '.example', sha256(n::text::bytea), clock_timestamp()
     FROM unnest($1::uuid[]) WITH ORDINALITY AS a(id, n), threads t WHERE t.id = $2`,
    [ids(), threadId],
  );
  await pool.query(
    `INSERT INTO subscriptions (id, site_id, kind, thread_id, address_id, state, confirmed_at)
     SELECT s.id, a.site_id, 'thread', $2, a.id, 'confirmed', clock_timestamp()
     FROM unnest($1::uuid[]) WITH ORDINALITY AS s(id, n)
     JOIN (SELECT id, site_id, row_number() OVER (ORDER BY id) AS n FROM addresses) a USING (n)`,
    [ids(), threadId],
  );
  await pool.query('ANALYZE');
}

async function mailsOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>('SELECT count(*) FROM mails');
  return Number(rows[0]?.count);
}

/** The times of posts at a fixed rate, for as long as `meanwhile` takes. */
async function posting(port: number, token: string, meanwhile: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  const running = new Set<Promise<void>>();
  let n = 0;
  const timer = setInterval(() => {
    const begun = performance.now();
    const one = post(port, token, 'beside', `Beside, ${(n += 1)} at ${begun}`).then(() => {
      times.push(performance.now() - begun);
      running.delete(one);
    });
    running.add(one);
  }, 1_000 / POSTS_PER_SECOND);
  try {
    await meanwhile();
  } finally {
    clearInterval(timer);
  }
  await Promise.all(running);
  return times;
}

async function post(port: number, token: string, thread: string, body: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/sites/${SITE}/threads/${thread}/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ body }),
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`posting answered ${response.status}: ${text}`);
}

import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '../../src/platform/database/migrate.js';
import { newId } from '../../src/platform/new-id.js';
import { Api } from '../environment/api.js';
import { SITE, type Environment } from '../environment/environment.js';
import { liveBytes } from '../environment/live-memory.js';
import { freePort, PostilNode } from '../environment/postil-node.js';
import type { Report } from '../support/report.js';
import { median, quantile } from '../support/statistics.js';
import { mebibytes, milliseconds, perSecond } from '../support/units.js';

const NAME = 'mails';
const SUBSCRIBERS = 10_000;
const DOMAINS = 200;
const POSTS_PER_SECOND = 50;
/** Long enough for what posting alone takes of memory. */
const UNDISTURBED_MS = 20_000;
const SENT_WITHIN_MS = 60_000;
/** A tenth of what it would take to keep each mail, of 16 KiB. */
const MOST_BYTES_KEPT = 16 * 2 ** 20;
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
  const smtpUrl = `smtp://127.0.0.1:${port}/?ignoreTLS=true`;
  const environment = { DATABASE_URL: url.href, SMTP_URL: smtpUrl, MAIL_DOMAIN_RATE: '1000' };
  const inspectPort = await freePort();
  const node = await PostilNode.start(environment, [...env.nodeOptions, `--inspect=127.0.0.1:${inspectPort}`]);
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
    const residentBefore = node.residentBytes;
    const liveBefore = await liveBytes(inspectPort);
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
    const kept = (await liveBytes(inspectPort)) - liveBefore;
    const { received } = await sink.call<Sink>('received');
    report.check(
      NAME,
      `mails that the sink has of ${SUBSCRIBERS}, each once`,
      String(received),
      String(SUBSCRIBERS),
      received === SUBSCRIBERS,
    );
    report.note(NAME, 'until all are queued', milliseconds(queuedMs));
    const rate = perSecond((SUBSCRIBERS / sentMs) * 1_000);
    report.check(
      NAME,
      `until the sink has all, ${rate}`,
      milliseconds(sentMs),
      `≤ ${SENT_WITHIN_MS / 1_000} s`,
      sentMs <= SENT_WITHIN_MS,
    );
    report.check(
      NAME,
      'memory: in use after sending, more than before',
      mebibytes(kept),
      `≤ ${mebibytes(MOST_BYTES_KEPT)}`,
      kept <= MOST_BYTES_KEPT,
    );
    // V8 lets as much garbage lie as is in use: a node may grow by that over what posting left, however many are sent.
    const more = Math.max(...resident) - residentBefore;
    report.check(
      NAME,
      'memory: most of the process while sending, more than before, against what is in use',
      mebibytes(more),
      `≤ ${mebibytes(liveBefore)}`,
      more <= liveBefore,
    );
    const over = [0, 0.25, 0.5, 0.75, 1].map((part) => resident[Math.round((resident.length - 1) * part)] ?? NaN);
    report.note(
      NAME,
      'memory of the process: before, with its garbage collected, after each quarter of the sending',
      [residentBefore, ...over].map(mebibytes).join(', '),
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

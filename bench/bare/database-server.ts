import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { answerCalls } from '../support/calls.js';
import { listen } from './listen.js';

/** As many as a node of ours has. */
const POOL_SIZE = 20;
const HELD = ['pending', 'none'];

/** The rows that posting writes, and nothing that posting must ask. */
const POST = `
  WITH c AS (
    INSERT INTO comments (id, site_id, thread_id, root_id, depth, reader_id, status, decided_by)
    VALUES ($1, $2, $3, $1, 0, $4, $5, $6) RETURNING created_at
  ), revision AS (
    INSERT INTO comment_revisions (comment_id, revision, site_id, body, html, screening) VALUES ($1, 1, $2, $7, $8, $9)
  ), fact AS (
    INSERT INTO outbox (site_id, stream_id, subject_id, topic, from_status, to_status)
    VALUES ($2, $3, $1, 'comment.posted', 'none', $5)
  )
  SELECT created_at FROM c`;
const INSERT = 'INSERT INTO bare_rows (id, body) VALUES ($1, $2) RETURNING created_at';
const UPDATE = `UPDATE comments SET status = 'published' WHERE id = $1 RETURNING status`;
const SELECT = 'SELECT id, body, created_at FROM bare_rows WHERE id = $1';

const [siteId, threadId, readerId] = [uuidv7(), uuidv7(), uuidv7()];
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: POOL_SIZE });

interface Posted {
  body: string;
}

type Route = (id: string, request: IncomingMessage) => Promise<{ status: number; body: unknown }>;

const routes: Record<string, Route> = {
  post: async (_id, request) => {
    const { body } = (await jsonOf(request)) as Posted;
    const id = uuidv7();
    const html = `<p>${body}</p>`;
    const values = [id, siteId, threadId, readerId, ...HELD, body, html, '[]'];
    const { rows } = await pool.query<object>({ name: 'post', text: POST, values });
    return { status: 201, body: { id, body, html, ...rows[0] } };
  },
  insert: async (_id, request) => {
    const { body } = (await jsonOf(request)) as Posted;
    const id = uuidv7();
    const { rows } = await pool.query<object>({ name: 'insert', text: INSERT, values: [id, body] });
    return { status: 201, body: { id, body, ...rows[0] } };
  },
  update: async (id) => {
    const { rows } = await pool.query<object>({ name: 'update', text: UPDATE, values: [id] });
    return { status: 200, body: rows[0] };
  },
  select: async (id) => {
    const { rows } = await pool.query<object>({ name: 'select', text: SELECT, values: [id] });
    return { status: 200, body: rows[0] };
  },
};

/** `node:http`, `JSON.parse` and one prepared statement a request, at the same settings of durability. */
const server = createServer((request, response) => {
  const [, name = '', id = ''] = (request.url ?? '').split('/');
  const route = routes[name];
  if (!route) return void response.writeHead(404, { 'content-length': 0 }).end();
  route(id, request).then(
    ({ status, body }) => {
      const text = JSON.stringify(body);
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      response.writeHead(status, headers).end(text);
    },
    (error: unknown) => response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error)),
  );
});

function jsonOf(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (text += part));
    request.on('end', () => {
      try {
        resolve(JSON.parse(text));
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}

answerCalls({ listen: () => listen(server) });

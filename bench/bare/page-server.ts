import { createServer, get } from 'node:http';
import { answerCalls } from '../support/calls.js';
import { listen } from './listen.js';

interface Page {
  headers: [string, string][];
  body: Buffer;
}

const pages = new Map<string, Page>();

/** `node:http` and bytes that stand in memory: what a page costs without anything around it. */
const server = createServer((request, response) => {
  const page = pages.get(request.url ?? '');
  if (!page) return void response.writeHead(404, { 'content-length': 0 }).end();
  response.writeHead(200, page.headers.flat()).end(page.body);
});

answerCalls({
  listen: () => listen(server),
  /** The same answer as a server of ours has just given. */
  copy: async ({ url, path, headers }: { url: string; path: string; headers: Record<string, string> }) => {
    const { answer, body } = await fetchRaw(url, headers);
    pages.set(path, { headers: answer, body });
    return { bytes: body.length, headers: Object.fromEntries(answer) as Record<string, string> };
  },
});

/** As it comes over the wire: nothing decompressed. What `node:http` writes by itself is left out. */
async function fetchRaw(
  url: string,
  headers: Record<string, string>,
): Promise<{ answer: [string, string][]; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const own = new Set(['date', 'connection', 'keep-alive']);
        const answer = Object.entries(response.headers).filter(([name]) => !own.has(name));
        resolve({ answer: answer.map(([name, value]) => [name, String(value)]), body: Buffer.concat(parts) });
      });
    }).on('error', reject);
  });
}

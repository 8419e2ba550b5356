import { startNode, type RunningNode } from '../../src/node.js';
import { CONFIG, type RuntimeConfig } from '../../src/platform/tokens.js';
import { startApp, type App } from '../support/app.js';
import { request, type Call } from '../support/http.js';

/** Routes that no controller has: those that are not built yet, the API's documents, and whatever a worker refuses. */
describe('routes beside the controllers', () => {
  let web: App;
  let worker: RunningNode;

  beforeAll(async () => {
    web = await startApp();
    worker = await startNode({ ...web.node.app.get<RuntimeConfig>(CONFIG), role: 'worker' });
  });
  afterAll(async () => {
    await worker.lifecycle.shutDown();
    await web.stop();
  });

  async function problem({ address }: { address: string }, path: string, call?: Call) {
    const { status, headers, body } = await request<{ code: string }>(address, path, call);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    return `${status} ${body.code}`;
  }

  it('answer what goes wrong before them with a problem', async () => {
    const unbuilt = '/api/v1/me';
    expect(await problem(web, unbuilt, { method: 'DELETE' })).toBe('501 not-built-yet');
    const elsewhere = { method: 'DELETE', headers: { origin: 'https://elsewhere.example' } };
    expect(await problem(web, unbuilt, elsewhere)).toBe('403 origin-not-permitted');
    const broken = { method: 'DELETE', headers: { 'content-type': 'text/csv' }, body: 'a' };
    expect(await problem(web, unbuilt, broken)).toBe('415 unsupported-media-type');
  });

  it('are refused by a worker like all others', async () => {
    for (const path of ['/', '/api/docs', '/api/openapi.json', '/api/v1/sites/demo', '/api/v1/me/export']) {
      expect([path, await problem(worker, path)]).toEqual([path, '404 not-found']);
    }
    expect((await request(worker.address, '/healthz')).status).toBe(200);
  });
});

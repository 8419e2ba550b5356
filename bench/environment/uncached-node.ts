import { answerCalls } from '../support/calls.js';

/** The built server with its cache of pages switched off: no setting of an operator's does that. */
const built = (file: string) => new URL(`../../dist/src/${file}`, import.meta.url).href;

answerCalls({
  start: async () => {
    const { readConfig } = (await import(
      built('platform/config/config.js')
    )) as typeof import('../../src/platform/config/config.js');
    const { startNode } = (await import(built('node.js'))) as typeof import('../../src/node.js');
    const { PageCache } = (await import(built('threads/index.js'))) as typeof import('../../src/threads/index.js');
    const config = readConfig();
    const node = await startNode({
      ...config,
      databaseUrl: config.databaseUrl ?? '',
      secretKey: config.secretKey ?? '',
    });
    node.app.get(PageCache).enabled = false;
    return Number(new URL(node.address).port);
  },
});

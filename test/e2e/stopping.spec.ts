import { once } from 'node:events';
import { connect } from 'node:net';
import { startApp } from '../support/app.js';

describe('a node that stops', () => {
  it('waits for nobody who has opened a connection and asks nothing', async () => {
    const app = await startApp();
    const { hostname, port } = new URL(app.address);
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    await app.call('/sites/demo');
    const closed = once(silent, 'close');
    await app.stop();
    await closed;
    // Node would wait for its request as long as it may take to come: a minute.
  }, 30_000);
});

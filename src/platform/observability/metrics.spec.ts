import { Metrics } from './metrics.js';

describe('Metrics', () => {
  it('answers a scrape where a figure can not be read', async () => {
    const metrics = new Metrics();
    let readable = true;
    metrics.gauge('of_the_database', 'Read from it', (gauge) => {
      if (!readable) throw new Error('the database does not answer');
      gauge.set(7);
    });
    metrics.gauge('by_queue', 'Read from it', () => Promise.reject(new Error('the database does not answer')), [
      'queue',
    ]);
    metrics.gauge('of_the_node', 'Known', (gauge) => gauge.set(3));
    expect(await metrics.registry.metrics()).toContain('of_the_database 7');

    readable = false;
    const text = await metrics.registry.metrics();
    expect(text).toContain('of_the_database Nan');
    expect(text).not.toMatch(/^by_queue/m);
    expect(text).toContain('of_the_node 3');
  });
});

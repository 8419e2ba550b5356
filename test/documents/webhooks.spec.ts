import { WEBHOOK_MESSAGES } from '../../src/api-docs/webhook-messages.js';
import { EVENT_TYPES, TEST_TYPE } from '../../src/webhooks/event-types.js';
import { table } from './source.js';

describe('docs/webhooks.md', () => {
  it('has every type that an endpoint can listen to', () => {
    expect(table('docs/webhooks.md').map(([type]) => type)).toEqual([...EVENT_TYPES]);
  });
});

describe('the webhooks of the API document', () => {
  it('are those, and the test', () => {
    expect(Object.keys(WEBHOOK_MESSAGES)).toEqual([...EVENT_TYPES, TEST_TYPE]);
  });
});

import { REFUSALS } from '../../src/threads/interchange/refusals.js';
import { table } from './source.js';

describe('docs/inline-feedback.md', () => {
  it('has every reason for which an annotation is refused', () => {
    const rows = table('docs/inline-feedback.md', 'Why an annotation is refused');
    expect(rows.map(([code]) => code)).toEqual(Object.keys(REFUSALS));
  });
});

import { found, table } from './source.js';

describe('docs/operators.md', () => {
  it('explains every figure of /metrics, and no other', () => {
    // The name of the console's cookie looks the same.
    const told = found(/'(postil_[a-z_]+)'/g).filter((name) => name !== 'postil_staff');
    const cells = table('docs/operators.md', 'Health').flatMap(([names = '']) => names.match(/postil_[a-z_]+/g) ?? []);
    expect(cells.sort()).toEqual(told);
  });
});

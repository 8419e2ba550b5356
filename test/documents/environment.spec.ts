import { readFileSync } from 'node:fs';
import { readConfig, VARIABLES } from '../../src/platform/config/config.js';
import { table } from './source.js';

describe('.env.example', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const given = lines.flatMap((line) => {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value ?? ''] as const];
  });

  it('has every variable, in the order of the code', () => {
    expect(given.map(([name]) => name)).toEqual([...VARIABLES]);
  });

  it('gives the defaults', () => {
    expect(readConfig(Object.fromEntries(given))).toEqual(readConfig({}));
  });
});

describe('docs/operators.md', () => {
  it('explains every variable', () => {
    expect(table('docs/operators.md', 'Configuration').map(([name]) => name)).toEqual([...VARIABLES]);
  });
});

import { DomainError, type ErrorKind } from '../../src/platform/errors.js';
import { ProblemCodes, problemOf } from '../../src/platform/http/problem.js';
import { sourceFiles, sorted, table } from './source.js';

/** Code and status of everything that the code can answer, found in its text. */
function answered(): string[] {
  const texts = sourceFiles();
  const all = (pattern: RegExp) => texts.flatMap((text) => [...text.matchAll(pattern)].map(([, ...groups]) => groups));
  const domain = all(/new DomainError\(\s*'([a-z-]+)',\s*'([a-z-]+)'/g).map(([kind = '', code = '']) => {
    return `${code} ${problemOf(new DomainError(kind as ErrorKind, code, '')).status}`;
  });
  // what is given a code of its own
  const fields = all(/invalidField\((?:[^()]|\([^()]*\))*,\s*'([a-z-]+)',?\s*\)/g).map(([code = '']) => `${code} 422`);
  const direct = all(/\bproblem\((\d{3}), '([a-z-]+)'/g).map(([status = '', code = '']) => `${code} ${status}`);
  const framework = Object.entries(ProblemCodes.byStatus).map(([status, code]) => `${code} ${status}`);
  return sorted([...domain, ...fields, ...direct, ...framework]);
}

describe('docs/errors.md', () => {
  it('has every code of the code with its status, and no others', () => {
    const documented = table('docs/errors.md').flatMap(([code = '', statuses = '']) =>
      (statuses.match(/\d{3}/g) ?? []).map((status) => `${code} ${status}`),
    );
    expect(sorted(documented)).toEqual(answered());
    expect(documented.length).toBeGreaterThan(30);
  });

  it('says of each what it means and what to do', () => {
    for (const row of table('docs/errors.md')) {
      expect(row).toHaveLength(4);
      expect(row.every((cell) => cell !== '')).toBe(true);
    }
  });
});

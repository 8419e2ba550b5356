import { readFileSync } from 'node:fs';
import { found, table } from './source.js';

const first = (rows: string[][]) => rows.map(([name = '']) => name).sort();

describe('docs/events.md', () => {
  it('has every type of event', () => {
    const [, union = ''] =
      /export type EventType =([^;]+);/.exec(readFileSync('src/threads/listing/listing-tree.ts', 'utf8')) ?? [];
    const types = found(/'([a-z.]+)'/g, [union]);
    expect(types.length).toBeGreaterThan(5);
    expect(first(table('docs/events.md', 'Events of a thread'))).toEqual(types);
  });

  it('has every topic that is written to the outbox', () => {
    const given = found(/\btopic: '([a-z.]+)'/g);
    const named = found(/\bexport const [A-Z_]+ = '((?:comment|thread|site)\.[a-z.]+)'/g);
    const inSql = found(/INSERT INTO outbox [^)]*\)\s*SELECT [^']*'([a-z]+\.[a-z]+)'/g);
    expect(first(table('docs/events.md', 'Topics of the outbox'))).toEqual(
      [...new Set([...given, ...named, ...inSql])].sort(),
    );
    expect(inSql).toEqual(['comment.decided', 'comment.posted', 'comment.voted']);
  });

  it('has every signal', () => {
    const kinds = found(/\bconst (?:[A-Z_]+_SIGNAL|RELAY_CHANGED|WAKE) = '([a-z]+)'/g);
    expect(first(table('docs/events.md', 'Signals'))).toEqual(kinds);
  });
});

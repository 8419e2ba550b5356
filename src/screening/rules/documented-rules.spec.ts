import { readFileSync } from 'node:fs';
import { compileRules, parseRules } from '../index.js';
import { RULE_KINDS } from './kinds.js';

const page = readFileSync(new URL('../../../docs/screening.md', import.meta.url), 'utf8');

/** The first cell of each row below a heading, until the table ends. */
function rowsBelow(heading: string): string[] {
  const table = page.slice(page.indexOf(`| ${heading} `)).split('\n\n')[0] ?? '';
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
}

describe('docs/screening.md', () => {
  it('lists the kinds of rules in their order', () => {
    expect(rowsBelow('kind')).toEqual(RULE_KINDS.map(({ kind }) => kind));
  });

  it('names every parameter, and no other', () => {
    for (const { kind, params } of RULE_KINDS) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${kind}\` `)) ?? '';
      const problems: { detail: string }[] = [];
      params({ 'no such': 1 }, '', problems as never);
      const known = /there are (.*)\.$/.exec(problems[0]?.detail ?? '')?.[1]?.split(', ') ?? [];
      const named = [...(row.split('|')[3] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
      expect([kind, ...named.toSorted()]).toEqual([kind, ...known.toSorted()]);
    }
  });

  it('has examples that are rules', async () => {
    const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => parseRules(JSON.parse(json)));
    expect(examples).toHaveLength(1);
    for (const example of examples) {
      expect(example).not.toHaveProperty('problems');
      if ('rules' in example) await compileRules(example.rules);
    }
  });
});

import fc from 'fast-check';
import type { FindingAction } from './finding.js';
import { screen, type Link, type ScreeningInput } from './index.js';
import { linksPhase } from './phases/links.phase.js';
import { verdictOf } from './policy.js';

const body = 'see https://a.example and https://b.example';
const links: Link[] = [
  { url: 'https://a.example', host: 'a.example', start: 4, end: 21 },
  { url: 'https://b.example', host: 'b.example', start: 26, end: 43 },
];
const input: ScreeningInput = {
  body,
  html: '',
  links: [],
  moderationMode: 'post',
  settings: { maxLinks: 2 },
};

describe('screen', () => {
  it.each<[string, Partial<ScreeningInput>, string, string[]]>([
    ['publishes where nothing is found', {}, 'publish', []],
    ['publishes with as many links as are allowed', { links }, 'publish', []],
    ['holds one link more', { links, settings: { maxLinks: 1 } }, 'hold', ['links']],
    ['holds any link where none is allowed', { links, settings: { maxLinks: 0 } }, 'hold', ['links']],
    ['holds everything where moderation comes first', { moderationMode: 'pre' }, 'hold', ['mode']],
    ['holds everything of who is under premoderation', { standing: 'premoderated' }, 'hold', ['premoderated']],
    ['holds nothing of who is in good standing', { standing: 'good' }, 'publish', []],
    [
      'gives every reason, of the text first',
      { moderationMode: 'pre', links, settings: { maxLinks: 1 } },
      'hold',
      ['links', 'mode'],
    ],
  ])('%s', (_what, change, verdict, rules) => {
    const result = screen({ ...input, ...change });
    expect(result.verdict).toBe(verdict);
    expect(result.findings.map(({ rule }) => rule)).toEqual(rules);
    for (const finding of result.findings) expect(finding.explanation).toMatch(/^.{20,}\.$/);
  });
});

describe('links', () => {
  it('shows where the links stand', () => {
    const [finding] = linksPhase.screen({ ...input, links, settings: { maxLinks: 1 } });
    expect(finding?.evidence).toEqual([
      { start: 4, end: 21, text: 'https://a.example' },
      { start: 26, end: 43, text: 'https://b.example' },
    ]);
  });

  it('counts links whose place is unknown', () => {
    const nowhere: Link = { url: 'https://c.example', host: 'c.example' };
    const [finding] = linksPhase.screen({ ...input, links: [...links, nowhere] });
    expect(finding).toMatchObject({ action: 'hold', evidence: [{ start: 4 }, { start: 26 }] });
  });

  it.each([
    [1, 0, 1],
    [2, 1, 1 / 2],
    [3, 2, 1 / 3],
    [4, 2, 2 / 3],
    [50, 2, 1],
  ])('scores %i links of %i allowed as %d', (count, maxLinks, score) => {
    const many = Array.from({ length: count }, (): Link => ({ url: 'https://a.example', host: 'a.example' }));
    expect(linksPhase.screen({ ...input, links: many, settings: { maxLinks } })[0]?.score).toBeCloseTo(score);
  });
});

describe('policy', () => {
  it.each<[FindingAction[], string]>([
    [[], 'publish'],
    [['note'], 'publish'],
    [['hold'], 'hold'],
    [['note', 'hold'], 'hold'],
    [['reject'], 'reject'],
    [['hold', 'reject', 'note'], 'reject'],
  ])('%j gives %s', (actions, verdict) => {
    expect(verdictOf(actions.map((action) => ({ action })))).toBe(verdict);
  });

  it('does not depend on the order of findings, and a finding more never makes it milder', () => {
    const action = fc.constantFrom<FindingAction>('hold', 'reject', 'note');
    const rank = { publish: 0, hold: 1, reject: 2 };
    fc.assert(
      fc.property(fc.array(action), action, (actions, more) => {
        const findings = actions.map((each) => ({ action: each }));
        expect(verdictOf(findings.toReversed())).toBe(verdictOf(findings));
        expect(rank[verdictOf([...findings, { action: more }])]).toBeGreaterThanOrEqual(rank[verdictOf(findings)]);
      }),
    );
  });
});

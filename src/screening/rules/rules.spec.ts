import fc from 'fast-check';
import { commentOf } from '../../../test/support/screening.js';
import { compileRules, defaultWords, parseRules, screen, type Rule } from '../index.js';
import { RULE_KINDS } from './kinds.js';

function rulesOf(value: unknown): readonly Rule[] {
  const parsed = parseRules(value);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.rules;
}

const problemsOf = (value: unknown) => {
  const parsed = parseRules(value);
  return 'problems' in parsed ? parsed.problems : [];
};

const idiot = { id: 'insults', kind: 'words', params: { words: ['idiot'] } };
const screened = async (rules: unknown, body: string) => screen(commentOf(body), await compileRules(rulesOf(rules)));

describe('rules from JSON', () => {
  it('have defaults', () => {
    expect(rulesOf([{ id: 'a', kind: 'flood' }])).toEqual([
      {
        id: 'a',
        kind: 'flood',
        mode: 'enforce',
        action: undefined,
        version: undefined,
        params: { posts: 5, perSeconds: 60 },
      },
    ]);
  });

  it.each<[string, unknown, string[]]>([
    ['no list', {}, ['']],
    ['no object', [7], ['/0']],
    ['nothing given', [{}], ['/0/id', '/0/kind']],
    ['an unknown kind', [{ id: 'a', kind: 'regex' }], ['/0/kind']],
    ['an unknown mode', [{ ...idiot, mode: 'on' }], ['/0/mode']],
    ['an action that is none', [{ ...idiot, action: 'publish' }], ['/0/action']],
    ['an unknown field', [{ ...idiot, pattern: 'x' }], ['/0/pattern']],
    ['an unknown parameter', [{ id: 'a', kind: 'flood', params: { 'a/b~': 1 } }], ['/0/params/a~1b~0']],
    ['parameters that are none', [{ id: 'a', kind: 'flood', params: [] }], ['/0/params']],
    ['an id with spaces', [{ ...idiot, id: 'My rule' }], ['/0/id']],
    ['a name of what every site has', [{ ...idiot, id: 'links' }], ['/0/id']],
    ['an id twice', [idiot, idiot], ['/1/id']],
    ['a number out of bounds', [{ id: 'a', kind: 'flood', params: { posts: 0 } }], ['/0/params/posts']],
    ['a fraction', [{ id: 'a', kind: 'flood', params: { posts: 1.5 } }], ['/0/params/posts']],
    ['a share above 1', [{ id: 'a', kind: 'shouting', params: { share: 70 } }], ['/0/params/share']],
    ['no words', [{ id: 'a', kind: 'words', params: { words: [] } }], ['/0/params/words']],
    [
      'words that are none',
      [{ id: 'a', kind: 'words', params: { words: ['a', '*', 3] } }],
      ['/0/params/words/1', '/0/params/words/2'],
    ],
    ['a pattern', [{ id: 'a', kind: 'words', params: { words: ['(a+)+$', 'a*b'] } }], ['/0/params/words/1']],
    [
      'a domain that is none',
      [{ id: 'a', kind: 'domains', params: { banned: ['https://x.example/'] } }],
      ['/0/params/banned/0'],
    ],
    ['an unknown language', [{ id: 'a', kind: 'language', params: { languages: ['tlh'] } }], ['/0/params/languages/0']],
    ['no languages', [{ id: 'a', kind: 'language' }], ['/0/params/languages']],
    [
      'a time that is none',
      [{ id: 'a', kind: 'hours', params: { from: '24:00', until: '6' } }],
      ['/0/params/from', '/0/params/until'],
    ],
    [
      'a zone that is none',
      [{ id: 'a', kind: 'hours', params: { from: '01:00', until: '02:00', timeZone: 'Mars' } }],
      ['/0/params/timeZone'],
    ],
    [
      'everything at once',
      [
        { ...idiot, id: '' },
        { id: 'b', kind: '' },
      ],
      ['/0/id', '/1/kind'],
    ],
  ])('are refused with places: %s', (_what, value, pointers) => {
    const problems = problemsOf(value);
    expect(problems.map(({ pointer }) => pointer)).toEqual(pointers);
    for (const { detail } of problems) expect(detail).toMatch(/^It .+\.$/);
  });

  it('never throw, whatever they are', () => {
    const kind = fc.constantFrom(...RULE_KINDS.map((each) => each.kind));
    const near = fc.record({
      id: fc.string(),
      kind,
      params: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())),
    });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(near)), (value) => void parseRules(value)),
      { numRuns: 1_000 },
    );
  });
});

describe('a rule', () => {
  it('names itself, its kind, its version and its place', async () => {
    const { verdict, findings } = await screened([{ ...idiot, version: 7 }], 'You idiot!');
    expect(verdict).toBe('hold');
    expect(findings).toEqual([
      {
        rule: 'insults',
        kind: 'words',
        version: 7,
        action: 'hold',
        score: 1,
        evidence: [{ start: 4, end: 9, text: 'idiot' }],
        explanation: 'It has “idiot” of the list.',
      },
    ]);
  });

  it('rejects where it says so', async () => {
    expect((await screened([{ ...idiot, action: 'reject' }], 'You 1diot!')).verdict).toBe('reject');
  });

  it.each(['You id*ot!', 'You idio t!'])('only holds what it is not sure of: %s', async (body) => {
    const { verdict, findings } = await screened([{ ...idiot, action: 'reject' }], body);
    expect(verdict).toBe('hold');
    expect(findings[0]?.explanation).toMatch(
      /^Perhaps it has “idiot” of the list, written in disguise \((masked|split)\)\.$/,
    );
  });

  it('in shadow records what it would have done, and does nothing', async () => {
    const rule = { id: 'private', kind: 'personal-data', mode: 'shadow', action: 'reject' };
    const { verdict, findings } = await screened([rule], 'me@mail.example');
    expect(verdict).toBe('publish');
    expect(findings).toMatchObject([{ rule: 'private', action: 'note', would: 'reject' }]);
    expect(findings[0]).not.toHaveProperty('hint');
  });

  it('that is off says nothing', async () => {
    expect((await screened([{ ...idiot, mode: 'off' }], 'You idiot!')).findings).toEqual([]);
  });
});

describe('many rules', () => {
  const words = (id: string, word: string, action: string) => ({
    id,
    kind: 'words',
    action,
    params: { words: [word] },
  });

  it('go by the severest', async () => {
    const rules = [words('suspect', 'fool', 'hold'), words('banned', 'idiot', 'reject')];
    expect((await screened(rules, 'a fool')).verdict).toBe('hold');
    expect((await screened(rules, 'an idiot')).verdict).toBe('reject');
    const { verdict, findings } = await screened(rules, 'a fool and an idiot');
    expect([verdict, ...findings.map(({ rule }) => rule)]).toEqual(['reject', 'suspect', 'banned']);
  });

  it('are listed by kind in the stated order, between what every site has', async () => {
    const rules = [
      { id: 'late', kind: 'hours', params: { from: '00:00', until: '00:00' } },
      { id: 'loud', kind: 'shouting' },
      idiot,
    ];
    const input = commentOf('YOU ARE AN IDIOT AND YOU KNOW IT AND SO DOES EVERYBODY ELSE https://a.example', {
      now: 0,
      moderationMode: 'pre',
      settings: { maxLinks: 0 },
    });
    const { findings } = screen(input, await compileRules(rulesOf(rules)));
    expect(findings.map(({ rule }) => rule)).toEqual(['links', 'insults', 'loud', 'late', 'mode']);
  });

  it('of all kinds at once never throw and show places within the text', async () => {
    const params: Record<string, unknown> = {
      words: { words: defaultWords('en') },
      language: { languages: ['en'] },
      hours: { from: '00:00', until: '00:00' },
      'deceptive-links': { trusted: ['paypal.com'] },
      domains: { banned: ['evil.example'] },
      external: { url: 'https://screening.example/' },
    };
    const rules = await compileRules(
      rulesOf(RULE_KINDS.map(({ kind }) => ({ id: `all-${kind}`, kind, params: params[kind] }))),
    );
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'sh1t ',
        'https://evil.example ',
        '[a](https://paypa1.com)',
        '+43 1 588010',
        'me@mail.example ',
        'LOUD LOUD ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const body = pieces.join('');
        // As text/normalise-text.ts does before anything is rendered.
        if (!body.isWellFormed()) return;
        const input = { ...commentOf('x'), body, html: '', now: 0, author: undefined };
        for (const { evidence, explanation, score } of screen(input, rules).findings) {
          expect(explanation).toMatch(/^.{10,}\.$/su);
          expect(score >= 0 && score <= 1).toBe(true);
          for (const { start, end, text } of evidence) expect(body.slice(start, end)).toBe(text);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the words that sites begin with', () => {
  it.each([
    ['en', 350],
    ['de', 50],
    ['ru', 100],
    ['xx', 0],
    ['toString', 0],
  ])('%s', (language, least) => {
    const words = defaultWords(language);
    expect(words.length).toBeGreaterThanOrEqual(least);
    expect(words.length === 0).toBe(least === 0);
  });
});

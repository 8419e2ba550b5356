import { readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { DEFAULT_REASONS, DEFAULT_SETTINGS, EEA_COUNTRIES, STATEMENT_CATEGORIES } from '../../sites/index.js';
import { STATEMENT_KEYWORDS } from '../../sites/legal/statement-codes.js';
import type { Restricted } from '../statements/restricted.js';
import { ACCOUNT_RESTRICTIONS, AUTOMATIONS, RESTRICTIONS, SOURCES } from '../statements/restriction.js';
import type { DecisionReasonsRow } from '../statements/statement.store.js';
import { dsaStatement } from './dsa-statement.js';

const SCHEMA = JSON.parse(readFileSync('docs/schemas/dsa-statement.schema.json', 'utf8')) as AnySchemaObject;
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);
const validate = ajv.compile(SCHEMA);
const wrong = (statement: object) => (validate(statement) ? [] : (validate.errors ?? []).map(({ message }) => message));

const SITE = { settings: DEFAULT_SETTINGS };
const COMMENT = {
  commentId: '01a203d8-cae5-72ad-9e63-47c5712af953',
  body: 'Call Ada Lovelace at +44 20 7946 0958',
  screening: [
    { rule: 'our own list', kind: 'words', action: 'hold', score: 1, explanation: 'It says "Lovelace".', evidence: [] },
    { rule: 'a rule called Ada', kind: 'ada@example.org', action: 'hold', score: 1, explanation: '', evidence: [] },
  ],
  thread: { key: 'k', title: 'Ada Lovelace sues', url: 'https://news.example/ada-lovelace' },
} as unknown as DecisionReasonsRow;

const one = (more: Partial<Restricted> = {}): Restricted => ({
  id: '01a203d8-cae5-72ad-9e63-47c5712af953',
  siteId: '01a203d8-cae5-72ad-9e63-47c5712af954',
  at: new Date('2026-11-22T23:59:59.999Z'),
  contentAt: new Date('2026-11-01T00:00:00Z'),
  restriction: 'removed',
  state: 'in-force',
  reason: 'abuse',
  explanation: 'Ada Lovelace, ada@example.org, is insulted.',
  source: 'own-initiative',
  detected: false,
  automation: 'not',
  until: null,
  ageDays: 1,
  comment: COMMENT,
  ...more,
});
const statement = (more: Partial<Restricted> = {}) => dsaStatement(one(more), SITE);

describe('a statement for the DSA Transparency Database', () => {
  const reasons = [...DEFAULT_REASONS.map(({ code }) => code), 'reports', 'of-long-ago', null];
  const restrictions = RESTRICTIONS.filter((restriction) => restriction !== 'warned');
  const accounts: readonly string[] = ACCOUNT_RESTRICTIONS;
  const cases = reasons.flatMap((reason) => restrictions.map((restriction) => ({ reason, restriction })));

  it.each(cases)('is valid of what is $restriction for $reason, however it came about', ({ reason, restriction }) => {
    for (const automation of AUTOMATIONS) {
      for (const source of SOURCES) {
        for (const detected of [true, false]) {
          for (const until of [null, new Date('2027-01-31T12:00:00Z')]) {
            const comment = accounts.includes(restriction) ? null : COMMENT;
            const made = statement({ reason, restriction, automation, source, detected, until, comment });
            expect(wrong(made)).toEqual([]);
          }
        }
      }
    }
  });

  it('is valid of every category, keyword and kind of ground that a site can set', () => {
    for (const category of STATEMENT_CATEGORIES) {
      for (const kind of ['illegal', 'incompatible'] as const) {
        const ground = { kind, reference: 'Section 1', url: 'https://news.example/rules' };
        const reason = { code: 'own', label: 'Own', explanation: 'For a reason.', ground, category };
        const settings = {
          ...DEFAULT_SETTINGS,
          decisionReasons: [{ ...reason, keywords: STATEMENT_KEYWORDS }],
          territorialScope: [EEA_COUNTRIES[0]],
        };
        expect(wrong(dsaStatement(one({ reason: 'own' }), { settings }))).toEqual([]);
      }
    }
  });

  it('says what was done, on what ground, by whom and from when', () => {
    expect(statement({ detected: true, automation: 'partially' })).toEqual({
      decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'],
      decision_facts:
        'A comment under an article. It was examined on the own initiative of the provider. Automatic rules spoke of it: ' +
        'words. A person decided on what automatic rules had found. The comment was taken down.',
      decision_ground: 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
      incompatible_content_ground: 'Rules of the comment section',
      incompatible_content_explanation: 'It attacks a person instead of a point.',
      content_type: ['CONTENT_TYPE_TEXT'],
      category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
      category_specification: ['KEYWORD_CYBER_HARASSMENT'],
      territorial_scope: [...EEA_COUNTRIES],
      content_date: '2026-11-01',
      application_date: '2026-11-22',
      source_type: 'SOURCE_VOLUNTARY',
      automated_detection: 'Yes',
      automated_decision: 'AUTOMATED_DECISION_PARTIALLY',
      puid: '01a203d8-cae5-72ad-9e63-47c5712af953',
    });
    const until = new Date('2026-12-24T00:00:00Z');
    expect(statement({ restriction: 'suspended', until, comment: null })).toMatchObject({
      decision_account: 'DECISION_ACCOUNT_SUSPENDED',
      end_date_account_restriction: '2026-12-24',
      content_type: ['CONTENT_TYPE_OTHER'],
      content_type_other: 'Account',
    });
  });

  it('has nothing of anybody: no words, names, addresses, titles, nor what staff or a site called a rule', () => {
    for (const restriction of restrictions) {
      const text = JSON.stringify(statement({ restriction, detected: true }));
      expect(text).not.toMatch(/Ada|Lovelace|ada@|7946|news\.example|our own|insulted/);
    }
  });

  it('is none of a warning', () => {
    expect(() => statement({ restriction: 'warned' })).toThrow('no restriction');
  });
});

describe('the schema of the DSA Transparency Database', () => {
  const { decision_visibility: _visibility, ...bare } = statement();
  const legal = { illegal_content_legal_ground: 'A law', illegal_content_explanation: 'It breaks it.' };

  it('knows the categories and keywords that sites set, and the countries', () => {
    const { properties } = SCHEMA as { properties: Record<string, { enum?: string[]; items?: { enum: string[] } }> };
    expect(properties['category']?.enum).toEqual(STATEMENT_CATEGORIES);
    expect(properties['category_specification']?.items?.enum).toEqual(STATEMENT_KEYWORDS);
    expect(properties['territorial_scope']?.items?.enum).toEqual([...EEA_COUNTRIES].sort());
  });

  it.each([
    ['no restriction', bare],
    ['another restriction without saying which', { ...bare, decision_visibility: ['DECISION_VISIBILITY_OTHER'] }],
    ['another restriction of payments without saying which', { ...bare, decision_monetary: 'DECISION_MONETARY_OTHER' }],
    ['no legal ground of illegal content', { ...statement(), decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT' }],
    [
      'no explanation of illegal content',
      {
        ...statement(),
        ...legal,
        decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT',
        illegal_content_explanation: undefined,
      },
    ],
    ['no contractual ground', { ...statement(), incompatible_content_ground: undefined }],
    ['no explanation of incompatible content', { ...statement(), incompatible_content_explanation: undefined }],
    ['another type of content without saying which', { ...statement(), content_type: ['CONTENT_TYPE_OTHER'] }],
    ['a keyword of its own without KEYWORD_OTHER', { ...statement(), category_specification_other: 'Taste' }],
    ['a category of the schema before July 2025', { ...statement(), category: 'STATEMENT_CATEGORY_VIOLENCE_OLD' }],
    ['a restriction as text', { ...statement(), decision_visibility: 'DECISION_VISIBILITY_CONTENT_REMOVED' }],
    ['no content type at all', { ...statement(), content_type: [] }],
    ['a country outside', { ...statement(), territorial_scope: ['US'] }],
    ['a time for a date', { ...statement(), application_date: '2026-11-22T00:00:00Z' }],
    ['a day that there is not', { ...statement(), application_date: '2026-02-30' }],
    ['an application before 2020', { ...statement(), application_date: '2019-12-31' }],
    ['content before 2000', { ...statement(), content_date: '1999-12-31' }],
    ['an identifier with a space', { ...statement(), puid: 'a b' }],
    ['too long an identifier', { ...statement(), puid: 'a'.repeat(501) }],
    ['too many facts', { ...statement(), decision_facts: 'a'.repeat(5_001) }],
    ['a yes that is none', { ...statement(), automated_detection: 'yes' }],
    ['the automated decision of version 1', { ...statement(), automated_decision: 'Yes' }],
    ['a field that is not known', { ...statement(), platform: 'Postil' }],
    ['a null', { ...statement(), decision_account: null }],
    ['a language in lower case', { ...statement(), content_language: 'en' }],
  ])('refuses %s', (_what, made) => {
    expect(wrong(JSON.parse(JSON.stringify(made)) as object)).not.toEqual([]);
  });

  it.each(SCHEMA['required'] as string[])('needs %s', (field) => {
    const made = Object.fromEntries(Object.entries(statement()).filter(([name]) => name !== field));
    expect(wrong(made)).toEqual([`must have required property '${field}'`]);
  });

  it('takes what those rules ask for', () => {
    const other = { decision_visibility: ['DECISION_VISIBILITY_OTHER'], decision_visibility_other: 'Paused' };
    const kept = [
      { ...bare, ...other },
      { ...bare, decision_monetary: 'DECISION_MONETARY_OTHER', decision_monetary_other: 'Halved' },
      { ...statement(), ...legal, decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT' },
      { ...statement(), content_type: ['CONTENT_TYPE_TEXT', 'CONTENT_TYPE_OTHER'], content_type_other: 'Scent' },
      { ...statement(), category_specification: ['KEYWORD_OTHER'], category_specification_other: 'Taste' },
      { ...statement(), content_language: 'EN', content_id: { 'EAN-13': '0123456789123' } },
    ];
    expect(kept.map(wrong)).toEqual(kept.map(() => []));
  });
});

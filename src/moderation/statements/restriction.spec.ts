import { DEFAULT_REASONS } from '../../sites/index.js';
import { reasonOf } from './reason-of.js';
import { automationOf, restrictionOf, stateOf, stateOfSanction, type DecisionStanding } from './restriction.js';
import { languageOf, LANGUAGES, TEXTS } from './texts/language.js';

const rejected: DecisionStanding = {
  ...{ action: 'reject', named: false, stillHeld: false },
  ...{ nextAction: null, nextTo: null, nextOfThis: false },
};
const held = { ...rejected, action: 'hold' };
const next = (nextAction: string, nextTo: string, nextOfThis = true) => ({ nextAction, nextTo, nextOfThis });

describe('the state of a decision', () => {
  it.each([
    ['stands', { ...rejected, named: true }, 'in-force'],
    [
      'stands again, for what came next was undone',
      { ...rejected, named: true, ...next('restore', 'published') },
      'in-force',
    ],
    ['was undone', { ...rejected, ...next('undo', 'published') }, 'withdrawn'],
    ['was restored', { ...rejected, ...next('restore', 'published') }, 'reversed'],
    ['was called spam', { ...rejected, ...next('spam', 'spam') }, 'replaced'],
    [
      'lost its name to an edit, and was rejected anew',
      { ...rejected, ...next('reject', 'rejected', false) },
      'replaced',
    ],
    [
      'was decided on late, when a person had restored',
      { ...rejected, ...next('restore', 'published', false) },
      'reversed',
    ],
    ['holds', { ...held, named: true }, 'in-force'],
    ['still holds after an edit', { ...held, stillHeld: true }, 'in-force'],
    ['held, and was approved', { ...held, ...next('approve', 'published') }, 'reversed'],
    ['held, and was rejected', { ...held, ...next('reject', 'rejected') }, 'replaced'],
    ['held before another hold does', { ...held, stillHeld: true, ...next('approve', 'published') }, 'reversed'],
  ])('that %s', (_what, standing, state) => expect(stateOf(standing)).toBe(state));

  it.each([
    [{ inForce: true, lifted: false }, 'in-force'],
    [{ inForce: false, lifted: true }, 'reversed'],
    [{ inForce: false, lifted: false }, 'ended'],
  ])('of a sanction, %j', (standing, state) => expect(stateOfSanction(standing)).toBe(state));
});

describe('what was done, and how', () => {
  it.each([
    ['hold', true, 'held'],
    ['reject', true, 'removed'],
    ['spam', true, 'removed'],
    ['reject', false, 'refused'],
  ])('%s of what was public: %s', (action, wasPublic, restriction) =>
    expect(restrictionOf({ action, wasPublic })).toBe(restriction),
  );

  it.each([
    [true, true, 'fully'],
    [true, false, 'fully'],
    [false, true, 'partially'],
    [false, false, 'not'],
  ])('by a rule: %s, found by one: %s', (byRule, detected, automation) =>
    expect(automationOf({ byRule, detected })).toBe(automation),
  );
});

describe('the reason of a decision', () => {
  const own = { ...DEFAULT_REASONS[0]!, code: 'abuse', label: 'Our own words' };

  it('is what the site says, else what every site begins with, else something', () => {
    expect(reasonOf([own], 'abuse')).toBe(own);
    expect(reasonOf([own], 'hate')).toBe(DEFAULT_REASONS[1]);
    expect(reasonOf([own], 'of-long-ago').code).toBe('other');
    expect(reasonOf([own], null)).toMatchObject({ code: 'other', ground: { kind: 'incompatible' } });
    expect(reasonOf([own], 'reports').label).toBe('Reported by readers');
  });
});

describe('the languages', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['FR-ca', 'fr'],
    ['en;q=0.2, es;q=0.7, de;q=0.5', 'es'],
    ['nl, de', 'de'],
    ['de;q=broken, fr', 'fr'],
    [',,;q=1;;', 'en'],
  ])('%j is answered in %s', (accepted, language) => expect(languageOf(accepted)).toBe(language));

  it('have every reason that a site begins with, but the one in which they are written', () => {
    const codes = [...DEFAULT_REASONS.map(({ code }) => code), 'reports'].sort();
    for (const language of LANGUAGES.filter((one) => one !== 'en')) {
      expect(Object.keys(TEXTS[language].reasons).sort()).toEqual(codes);
    }
  });
});

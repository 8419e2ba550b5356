import fc from 'fast-check';
import { SANCTION_KINDS, type SanctionKind } from '../../identity/index.js';
import { DEFAULT_SETTINGS, type SiteSettings } from '../../sites/index.js';
import { countStrikes, propose, type StrikeRecord } from './strikes.js';

const rejected = (rejections: number, ...sanctions: SanctionKind[]): StrikeRecord => ({
  rejections,
  rejectionsSince: rejections,
  sanctions,
});

describe('strikes', () => {
  it.each<[string, StrikeRecord, number]>([
    ['nothing', rejected(0), 0],
    ['a rejection each', rejected(4), 4],
    ['a warning', rejected(0, 'warn'), 2],
    ['premoderation', rejected(0, 'premoderate'), 3],
    ['a suspension', rejected(0, 'suspend'), 5],
    ['nothing for a ban: no step comes after it', rejected(0, 'ban'), 0],
    ['all of it', rejected(2, 'warn', 'warn', 'suspend'), 11],
  ])('count %s', (_what, record, total) => expect(countStrikes(record, DEFAULT_SETTINGS).total).toBe(total));

  it('weigh as the site says', () => {
    const settings: SiteSettings = { ...DEFAULT_SETTINGS, strikesRejection: 0, strikesWarn: 7 };
    expect(countStrikes(rejected(9, 'warn'), settings)).toEqual({ total: 7, ofRejections: 0, ofSanctions: 7 });
  });
});

describe('the proposal', () => {
  it.each<[string, StrikeRecord, SanctionKind[], SanctionKind | null]>([
    ['is none below the first threshold', rejected(2), [], null],
    ['is a warning from 3', rejected(3), [], 'warn'],
    ['is premoderation from 6', rejected(6), [], 'premoderate'],
    ['is a suspension from 10', rejected(10), [], 'suspend'],
    ['is a ban from 20', rejected(20), [], 'ban'],
    ['counts earlier sanctions', rejected(4, 'warn'), [], 'premoderate'],
    ['is none where the same is in force', rejected(3), ['warn'], null],
    ['is none where a stricter one is in force', rejected(3), ['ban'], null],
    ['goes beyond a milder one in force', rejected(8, 'warn'), ['warn'], 'suspend'],
    ['is none for what the last sanction answered', { ...rejected(9, 'warn'), rejectionsSince: 0 }, [], null],
  ])('%s', (_what, record, inForce, kind) => {
    expect(propose(record, inForce, DEFAULT_SETTINGS)?.kind ?? null).toBe(kind);
  });

  it('says which threshold was reached, and skips steps that the site has switched off', () => {
    const settings: SiteSettings = { ...DEFAULT_SETTINGS, proposeSuspendAt: 0, proposeBanAt: 0 };
    expect(propose(rejected(500), [], settings)).toEqual({ kind: 'premoderate', at: 6 });
  });

  it('is never milder after one rejection more, and never what is in force', () => {
    const steps = ['warn', 'premoderate', 'suspend', 'ban'];
    const rank = (kind: SanctionKind | undefined) => (kind ? steps.indexOf(kind) : -1);
    const kinds = fc.array(fc.constantFrom(...SANCTION_KINDS), { maxLength: 5 });
    fc.assert(
      fc.property(fc.nat(30), kinds, kinds, (rejections, before, inForce) => {
        const one = propose(rejected(rejections, ...before), inForce, DEFAULT_SETTINGS);
        const more = propose(rejected(rejections + 1, ...before), inForce, DEFAULT_SETTINGS);
        const highest = Math.max(-1, ...inForce.map((kind) => steps.indexOf(kind)));
        if (one) expect(rank(one.kind)).toBeGreaterThan(highest);
        expect(rank(more?.kind)).toBeGreaterThanOrEqual(rank(one?.kind));
      }),
    );
  });
});

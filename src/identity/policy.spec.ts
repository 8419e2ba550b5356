import { DomainError } from '../platform/errors.js';
import { ANONYMOUS, ROLES, type Actor, type ReaderActor, type Role, type StaffActor } from './actor.js';
import { authorise, can, permittedTo, POLICY, sitesWhere, type Action } from './policy.js';

const SITE = 'site';
const READER: ReaderActor = {
  kind: 'reader',
  readerId: 'r',
  sessionId: 's',
  siteId: SITE,
  displayName: 'Reader',
  sanctions: [],
};

function staff(roles: Record<string, Role>): StaffActor {
  return { kind: 'staff', staffId: 'p', sessionId: 's', displayName: 'Staff', roles: new Map(Object.entries(roles)) };
}

function refusal(actor: Actor, action: Action): string {
  try {
    authorise(actor, action, SITE, 'thread');
    return 'permitted';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** Said once more, by hand: a slip in the policy shows here. */
const EXPECTED: Record<Action, string> = {
  'site.create': 'owner',
  'site.change': 'owner',
  'site.read': 'owner admin moderator',
  'staff.list': 'owner admin',
  'staff.manage': 'owner',
  'thread.save': 'owner admin',
  'thread.list': 'owner admin moderator',
  'thread.set-state': 'owner admin moderator',
  'article.read': 'owner admin moderator',
  'passage.ask': 'owner admin',
  'passage.place': 'owner admin moderator',
  'queue.read': 'owner admin moderator',
  'queue.claim': 'owner admin moderator',
  'comment.read': 'owner admin moderator',
  'comment.decide': 'owner admin moderator',
  'comment.decide-escalated': 'owner admin',
  'comment.pin': 'owner admin moderator',
  'appeal.read': 'owner admin moderator',
  'appeal.decide': 'owner admin moderator',
  'reader.read': 'owner admin moderator',
  'reader.sanction': 'owner admin moderator',
  'reader.sanction-long': 'owner admin',
  'rule.dry-run': 'owner admin',
  'stats.read': 'owner admin moderator',
  'stats.moderators': 'owner admin',
  'rule.read': 'owner admin moderator',
  'rule.change': 'owner admin',
  'webhook.manage': 'owner admin',
  'log.read': 'owner admin moderator',
  'notice.contact': 'owner admin',
  'transparency.read': 'owner admin moderator',
  'mailing-list.manage': 'owner admin',
  'mailing-list.export': 'owner admin',
  'mail.read': 'owner admin',
  'mail.resend': 'owner admin',
};

const actions = Object.keys(POLICY) as Action[];
const cases = actions.flatMap((action) =>
  ROLES.map((role) => ({ action, role, permitted: EXPECTED[action].split(' ').includes(role) })),
);

describe('policy', () => {
  it.each(cases)('$action by $role: $permitted', ({ action, role, permitted }) => {
    const actor = staff({ [SITE]: role });
    expect(can(actor, action, SITE)).toBe(permitted);
    expect(refusal(actor, action)).toBe(permitted ? 'permitted' : 'forbidden');
    expect(sitesWhere(actor, action)).toEqual(permitted ? [SITE] : []);
    expect(permittedTo(role).includes(action)).toBe(permitted);
  });

  it.each(actions)('%s: what is on another site is not there, and who is no staff must sign in', (action) => {
    const elsewhere = staff({ other: 'owner' });
    expect(can(elsewhere, action, SITE)).toBe(false);
    expect(refusal(elsewhere, action)).toBe('not-found');
    for (const actor of [ANONYMOUS, READER]) {
      expect(can(actor, action, SITE)).toBe(false);
      expect(refusal(actor, action)).toBe('unauthenticated');
      expect(sitesWhere(actor, action)).toEqual([]);
    }
  });

  it('expects something of every action', () => expect(Object.keys(EXPECTED).sort()).toEqual([...actions].sort()));
});

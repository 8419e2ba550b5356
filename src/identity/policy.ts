import { notFound } from '../platform/errors.js';
import type { Actor, ReaderActor, Role, StaffActor } from './actor.js';
import { forbidden, unauthenticated } from './identity.errors.js';

const EVERYBODY = ['owner', 'admin', 'moderator'] as const;
const LEADS = ['owner', 'admin'] as const;

/** Which roles on a site may do what there. */
export const POLICY = {
  'site.create': ['owner'],
  'site.change': ['owner'],
  'site.read': EVERYBODY,
  'staff.list': LEADS,
  'staff.manage': ['owner'],
  'thread.save': LEADS,
  'thread.list': EVERYBODY,
  'thread.set-state': EVERYBODY,
  'article.read': EVERYBODY,
  'passage.ask': LEADS,
  'passage.place': EVERYBODY,
  'queue.read': EVERYBODY,
  'queue.claim': EVERYBODY,
  'comment.read': EVERYBODY,
  'comment.decide': EVERYBODY,
  'comment.decide-escalated': LEADS,
  'comment.pin': EVERYBODY,
  'appeal.read': EVERYBODY,
  'appeal.decide': EVERYBODY,
  'reader.read': EVERYBODY,
  'reader.sanction': EVERYBODY,
  'reader.sanction-long': LEADS,
  'rule.dry-run': LEADS,
  'stats.read': EVERYBODY,
  'stats.moderators': LEADS,
  'rule.read': EVERYBODY,
  'rule.change': LEADS,
  'webhook.manage': LEADS,
  'log.read': EVERYBODY,
  'notice.contact': LEADS,
  'transparency.read': EVERYBODY,
  'mailing-list.manage': LEADS,
  'mailing-list.export': LEADS,
  'mail.read': LEADS,
  'mail.resend': LEADS,
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof POLICY;

export const ACTIONS = Object.keys(POLICY) as Action[];

/** All that a role may do on its site. */
export function permittedTo(role: Role): Action[] {
  return ACTIONS.filter((action) => permits(action, role));
}

export function can(actor: Actor, action: Action, siteId: string): actor is StaffActor {
  if (actor.kind !== 'staff') return false;
  const role = actor.roles.get(siteId);
  return role !== undefined && permits(action, role);
}

/** The sites on which the actor may do it. */
export function sitesWhere(actor: Actor, action: Action): string[] {
  if (actor.kind !== 'staff') return [];
  return [...actor.roles].filter(([, role]) => permits(action, role)).map(([siteId]) => siteId);
}

/** @throws unauthenticated */
export function requireReader(actor: Actor): ReaderActor {
  if (actor.kind !== 'reader') throw unauthenticated('This needs a reader session. Start one.');
  return actor;
}

/** @throws unauthenticated */
export function requireStaff(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw unauthenticated('This is for staff. Sign in.');
  return actor;
}

/**
 * Without any role on the site `what` is not found, as if it did not exist.
 * @throws unauthenticated, not-found, forbidden
 */
export function authorise(actor: Actor, action: Action, siteId: string, what: string): StaffActor {
  const staff = requireStaff(actor);
  const role = staff.roles.get(siteId);
  if (role === undefined) throw notFound(what);
  if (!permits(action, role)) throw forbidden();
  return staff;
}

function permits(action: Action, role: Role): boolean {
  const roles: readonly Role[] = POLICY[action];
  return roles.includes(role);
}

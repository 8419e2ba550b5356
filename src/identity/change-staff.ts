import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { invalidField, notFound } from '../platform/errors.js';
import { isUuid } from '../platform/http/cursor.js';
import { SiteCache } from '../sites/index.js';
import { auditActor, type Actor, type Role, type StaffActor } from './actor.js';
import { displayName } from './display-name.js';
import type { StaffAnswerView } from './dto/staff.view.js';
import { forbidden, lastOwner } from './identity.errors.js';
import { hashPassword } from './passwords.js';
import { authorise, can, requireStaff, sitesWhere } from './policy.js';
import { StaffLeaving } from './staff-leaving.js';
import { endStaffSessionsOf } from './staff-session.store.js';
import { StaffSessions } from './staff-sessions.js';
import { StaffViews } from './staff-views.js';
import {
  findStaffById,
  lockOwners,
  lockStaff,
  ownerlessSites,
  setRole,
  updateStaff,
  type StaffPerson,
} from './staff.store.js';

const WHAT = 'staff member';

export interface ChangeStaffInput {
  id: string;
  disabled?: boolean | undefined;
  password?: string | undefined;
  displayName?: string | undefined;
  /** The key of the site that `role` is about. */
  site?: string | undefined;
  /** Null takes the role away. */
  role?: Role | null | undefined;
}

/** What there is to do once the input has been checked. */
interface Change {
  disabled: boolean | undefined;
  passwordHash: string | undefined;
  displayName: string | undefined;
  role: { siteId: string; role: Role | null } | undefined;
}

/** Changes a person's role on one site, or the person itself: name, password, whether signing in is possible. */
@Injectable()
export class ChangeStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly audit: AuditTrail,
    private readonly sessions: StaffSessions,
    private readonly views: StaffViews,
    private readonly leaving: StaffLeaving,
  ) {}

  async run(actor: Actor, input: ChangeStaffInput): Promise<StaffAnswerView> {
    const staff = requireStaff(actor);
    if (!isUuid(input.id)) throw notFound(WHAT);
    const change = await this.check(staff, input);
    const { answer, after } = await this.unitOfWork.run(async (em) => {
      const person = await lockStaff(em, input.id);
      const mayKnow = sitesWhere(staff, 'staff.list');
      const self = input.id === staff.staffId;
      if (!person || !(self || person.roles.some(([siteId]) => mayKnow.includes(siteId)))) throw notFound(WHAT);
      await this.changePerson(em, staff, person, change);
      if (change.role) await this.changeRole(em, staff, person, change.role);
      const after = await this.leave(em, person, change);
      const changed = await findStaffById(em, person.id);
      if (!changed) throw notFound(WHAT);
      return { answer: { staff: await this.views.of(changed, self ? undefined : mayKnow) }, after };
    });
    this.sessions.changed();
    after?.();
    return answer;
  }

  /** Before the transaction: hashing takes long, and nobody should wait for it. */
  private async check(staff: StaffActor, input: ChangeStaffInput): Promise<Change> {
    const { site, role, disabled, password } = input;
    if (role !== undefined && site === undefined) throw invalidField('/site', 'A role is on a site: say which.');
    if (role === undefined && site !== undefined)
      throw invalidField('/role', 'A site goes with the role to have there.');
    const siteId = site === undefined ? undefined : (await this.sites.siteByKey(site)).id;
    if (siteId !== undefined) authorise(staff, 'staff.manage', siteId, 'site');
    return {
      disabled,
      passwordHash: password === undefined ? undefined : await hashPassword(password),
      displayName: input.displayName === undefined ? undefined : displayName(input.displayName),
      role: siteId === undefined || role === undefined ? undefined : { siteId, role },
    };
  }

  private async changePerson(em: EntityManager, actor: StaffActor, person: StaffPerson, change: Change): Promise<void> {
    if (change.displayName === undefined && change.passwordHash === undefined && change.disabled === undefined) return;
    if (!mayChangePerson(actor, person, change)) throw forbidden();
    const facts = factsOf(person, change);
    if (facts.length === 0) return;

    const owned = person.roles.filter(([, role]) => role === 'owner').map(([siteId]) => siteId);
    if (change.disabled) await lockOwners(em, owned);
    const { displayName, passwordHash, disabled } = change;
    await updateStaff(em, person.id, {
      ...(displayName === undefined ? {} : { displayName }),
      ...(passwordHash === undefined ? {} : { passwordHash, passwordGenerated: false }),
      ...(disabled === undefined ? {} : { disabled }),
    });
    if (change.disabled && (await ownerlessSites(em, owned)).length > 0) throw lastOwner();
    if (passwordHash !== undefined || disabled) await endStaffSessionsOf(em, person.id);
    const by = auditActor(actor);
    const subject = { subjectKind: 'staff', subjectId: person.id };
    await this.audit.record(
      em,
      person.roles.flatMap(([siteId]) => facts.map((action) => ({ ...subject, siteId, actor: by, action }))),
    );
  }

  /** Whose sessions all end, or who has no role on a site any more, works there no more. */
  private async leave(
    em: EntityManager,
    { id: staffId }: StaffPerson,
    change: Change,
  ): Promise<undefined | (() => void)> {
    if (change.disabled || change.passwordHash !== undefined) return this.leaving.left(em, { staffId });
    return change.role?.role === null ? this.leaving.left(em, { staffId, siteId: change.role.siteId }) : undefined;
  }

  private async changeRole(
    em: EntityManager,
    actor: StaffActor,
    person: StaffPerson,
    { siteId, role }: { siteId: string; role: Role | null },
  ): Promise<void> {
    const before = new Map(person.roles).get(siteId) ?? null;
    if (before === role) return;
    if (before === 'owner') await lockOwners(em, [siteId]);
    await setRole(em, person.id, siteId, role);
    if (before === 'owner' && (await ownerlessSites(em, [siteId])).length > 0) throw lastOwner();
    const subject = { siteId, subjectKind: 'staff', subjectId: person.id };
    const codes = { from: before, to: role };
    await this.audit.record(em, [{ ...subject, actor: auditActor(actor), action: 'staff.role-changed', codes }]);
  }
}

/** Whoever owns every site where the person has a role; the person itself too, but for being disabled. */
function mayChangePerson(actor: StaffActor, person: StaffPerson, change: Change): boolean {
  const ownsAll = person.roles.length > 0 && person.roles.every(([siteId]) => can(actor, 'staff.manage', siteId));
  return ownsAll || (person.id === actor.staffId && change.disabled === undefined);
}

/** What is different afterwards, as the log says it. */
function factsOf(person: StaffPerson, change: Change): string[] {
  const renamed = change.displayName !== undefined && change.displayName !== person.displayName;
  const switched = change.disabled !== undefined && change.disabled !== person.disabled;
  return [
    ...(renamed ? ['staff.renamed'] : []),
    ...(change.passwordHash === undefined ? [] : ['staff.password-changed']),
    ...(switched ? [change.disabled ? 'staff.disabled' : 'staff.enabled'] : []),
  ];
}

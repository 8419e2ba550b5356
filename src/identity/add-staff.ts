import { Injectable } from '@nestjs/common';
import { newId } from '../platform/new-id.js';
import { AuditTrail } from '../platform/audit/audit-trail.js';
import { violates } from '../platform/database/sql-state.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { SiteCache } from '../sites/index.js';
import { auditActor, type Actor, type Role } from './actor.js';
import { displayName } from './display-name.js';
import { staffView, type StaffAnswerView } from './dto/staff.view.js';
import { staffExists } from './identity.errors.js';
import { hashPassword } from './passwords.js';
import { authorise, requireStaff } from './policy.js';
import { insertStaff, setRole } from './staff.store.js';

export interface AddStaffInput {
  email: string;
  password: string;
  displayName: string;
  /** The site's key. */
  site: string;
  role: Role;
}

/** An owner brings somebody new to a site. */
@Injectable()
export class AddStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, input: AddStaffInput): Promise<StaffAnswerView> {
    requireStaff(actor);
    const site = await this.sites.siteByKey(input.site);
    const by = auditActor(authorise(actor, 'staff.manage', site.id, 'site'));
    const { email, role } = input;
    const person = {
      id: newId(),
      email,
      displayName: displayName(input.displayName),
      passwordHash: await hashPassword(input.password),
    };
    try {
      await this.unitOfWork.run(async (em) => {
        await insertStaff(em, person);
        await setRole(em, person.id, site.id, role);
        const subject = { subjectKind: 'staff', subjectId: person.id };
        await this.audit.record(em, [
          { ...subject, siteId: site.id, actor: by, action: 'staff.added', codes: { role } },
        ]);
      });
    } catch (error) {
      throw violates(error, 'staff_email') ? staffExists() : error;
    }
    return { staff: staffView({ ...person, disabled: false }, [{ site: site.key, role }]) };
  }
}

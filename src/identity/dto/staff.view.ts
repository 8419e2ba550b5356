import { ApiProperty } from '@nestjs/swagger';
import { StaffSiteView } from '../../sites/index.js';
import type { Role } from '../actor.js';
import { ACTIONS, type Action } from '../policy.js';

export class StaffRoleView {
  /** The site's key. */
  site: string;
  role: 'owner' | 'admin' | 'moderator';
}

/** A person of the staff, with the roles that whoever asks may know of. */
export class StaffView {
  id: string;
  displayName: string;
  email: string;
  disabled: boolean;
  roles: StaffRoleView[];
}

export class StaffAnswerView {
  staff: StaffView;
}

/** A staff session that has begun. */
export class StaffSessionView extends StaffAnswerView {
  /** For `Authorization: Bearer`; the console uses the cookie instead. */
  token: string;
}

export class StaffListView {
  items: StaffView[];
  nextCursor: string | null;
}

/** A site of mine. */
export class MySiteView extends StaffSiteView {
  role: 'owner' | 'admin' | 'moderator';
  /** What I may do there; whatever else I ask for is answered by 403. */
  @ApiProperty({ enum: ACTIONS, enumName: 'Permission', isArray: true })
  may: Action[];
}

export class MySitesView {
  items: MySiteView[];
  nextCursor: string | null;
}

export function staffView(
  person: { id: string; displayName: string; email: string; disabled: boolean },
  roles: readonly { site: string; role: Role }[],
): StaffView {
  const { id, displayName, email, disabled } = person;
  return { id, displayName, email, disabled, roles: [...roles].sort((a, b) => (a.site < b.site ? -1 : 1)) };
}

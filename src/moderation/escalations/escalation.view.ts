import { ApiProperty } from '@nestjs/swagger';
import { StaffNameView } from '../staff-name.view.js';
import type { EscalationRow } from './escalation.store.js';

/** A moderator leaves the comment to the admins and owners. */
export class EscalationView {
  by: StaffNameView;
  @ApiProperty({ format: 'date-time' })
  at: string;
  /** A code of GET /moderation/reasons. */
  reason: string | null;
  note: string | null;
}

export function escalationView({ staffId, staffName, at, reason, note }: EscalationRow): EscalationView {
  return { by: { id: staffId, name: staffName ?? '' }, at: at.toISOString(), reason, note };
}

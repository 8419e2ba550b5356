import { ApiProperty } from '@nestjs/swagger';
import type { NoticeCategory, NoticeRow, NoticeState, NoticeWithContact } from './notice.store.js';

/** What the notifier may know of a notice. */
export class NoticeOutcomeView {
  id: string;
  commentId: string;
  @ApiProperty({ format: 'date-time' })
  receivedAt: string;
  /** `removed`: the comment was taken down; `kept`: it stands; `withdrawn`: its author took it back first. */
  state: NoticeState;
  @ApiProperty({ format: 'date-time' })
  decidedAt: string | null;
}

/** The confirmation of a notice. */
export class NoticeReceiptView extends NoticeOutcomeView {
  /** To ask for the outcome with: GET /notices/{receipt}. Whoever has it may ask. */
  receipt: string;
}

/** A notice as staff see it in a queue. */
export class QueuedNoticeView extends NoticeOutcomeView {
  category: NoticeCategory;
  /** The law that it breaks, in the notifier's words. */
  law: string;
  explanation: string;
  /** The revision that was noticed. */
  revision: number;
}

/** Who sent a notice. */
export class NoticeContactView {
  name: string;
  email: string;
}

/** A notice as staff see it beside its comment. */
export class StaffNoticeView extends QueuedNoticeView {
  /** For admins and owners alone; null too where none was needed. */
  contact: NoticeContactView | null;
}

export function outcomeView({ id, commentId, receivedAt, state, decidedAt }: NoticeRow): NoticeOutcomeView {
  return {
    id,
    commentId,
    receivedAt: receivedAt.toISOString(),
    state,
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

export function queuedNoticeView(row: NoticeRow): QueuedNoticeView {
  const { category, law, explanation, revision } = row;
  return { ...outcomeView(row), category, law, explanation, revision };
}

export function staffNoticeView(row: NoticeWithContact, withContact: boolean): StaffNoticeView {
  const { contactName: name, contactEmail: email } = row;
  const contact = withContact && name !== null && email !== null ? { name, email } : null;
  return { ...queuedNoticeView(row), contact };
}

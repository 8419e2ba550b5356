import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { write } from '../../platform/database/write.js';
import { invalidField } from '../../platform/errors.js';
import { newId } from '../../platform/new-id.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { displayName, SYSTEM } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { CommentStates } from '../../threads/index.js';
import { freeText } from '../free-text.js';
import { noticeStore, type Contact, type NewNotice, type NoticeCategory } from './notice.store.js';
import { NoticeReceipts } from './notice-receipts.js';
import { outcomeView, type NoticeReceiptView } from './notice.view.js';
import { commentNotFound } from './notices.errors.js';

export interface NoticeInput {
  siteKey: string;
  commentId: string;
  law: string;
  explanation: string;
  contact: Contact | null;
  category: NoticeCategory;
}

/**
 * Takes a notice of illegal content, from anybody. It hides nothing by itself. What is hidden already is taken too:
 * who sends it may have seen the comment before, and is owed an answer.
 */
@Injectable()
export class SendNotice {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
    private readonly states: CommentStates,
    private readonly receipts: NoticeReceipts,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(input: NoticeInput): Promise<NoticeReceiptView> {
    const site = await this.sites.siteByKey(input.siteKey);
    const said = { law: written(input.law, '/law'), explanation: written(input.explanation, '/explanation') };
    const contact = contactOf(input);
    const { commentId, category } = input;
    const stored = await this.unitOfWork.run(async (em) => {
      const [comment] = await this.states.lock(em, [commentId]);
      if (!comment || comment.siteId !== site.id || comment.status === 'deleted') throw commentNotFound();
      const { siteId, threadId, revision } = comment;
      const notice: NewNotice = { id: newId(), siteId, threadId, commentId, revision, category, ...said };
      const receivedAt = await noticeStore.insert(em, notice);
      if (contact) await noticeStore.insertContact(em, notice, contact);
      await write(em, [
        this.outbox.appending([{ siteId, streamId: threadId, subjectId: commentId, topic: 'comment.noticed' }]),
        this.audit.recording([
          {
            siteId,
            actor: SYSTEM,
            action: 'notice.received',
            subjectKind: 'comment',
            subjectId: commentId,
            codes: { noticeId: notice.id, revision, category },
          },
        ]),
      ]);
      return { ...notice, receivedAt, state: 'open' as const, decidedAt: null };
    });
    this.outbox.written();
    return { ...outcomeView(stored), receipt: this.receipts.issue(stored.id) };
  }
}

function written(raw: string, pointer: string): string {
  const text = freeText(raw, pointer);
  if (text === null) throw invalidField(pointer, 'Nothing in it can be seen.');
  return text;
}

/** Art. 16(2)(c): name and address of whoever sends it, but for notices of child sexual abuse. */
function contactOf({ contact, category }: NoticeInput): Contact | null {
  if (contact) return { name: displayName(contact.name, '/contact/name'), email: contact.email };
  if (category === 'child-sexual-abuse') return null;
  throw invalidField('/contact', 'A notice needs the name and the e-mail address of whoever sends it.');
}

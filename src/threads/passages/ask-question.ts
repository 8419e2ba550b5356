import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail, type AuditEntry } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { invalidField, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/new-id.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { auditActor, authorise, SYSTEM, type Actor } from '../../identity/index.js';
import { cleanLine } from '../text/clean-line.js';
import { ThreadDirectory, type ThreadAddress } from '../thread-directory.js';
import type { Anchor } from './anchor.js';
import { insertPassage, placeUnderLock } from './ensure-passage.js';
import { placeAnchor, type Placed } from './place-anchor.js';
import { passageStore } from './passage.store.js';
import { passageView, type PassageView } from './passage.view.js';
import { anchorNotFound } from './passages.errors.js';

export interface AskQuestionInput extends ThreadAddress {
  prompt: string;
  anchor: Anchor;
}

/** Staff place a question at words of the article. */
@Injectable()
export class AskQuestion {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, input: AskQuestionInput): Promise<PassageView> {
    const { site, threadId } = await this.directory.find(input);
    const staff = authorise(actor, 'passage.ask', site.id, 'thread');
    const prompt = cleanPrompt(input.prompt);
    const id = newId();
    const siteId = site.id;
    const sketch = await placeAnchor(this.unitOfWork.em, threadId, input.anchor, id);
    await this.unitOfWork.run(async (em) => {
      const placed = await placeUnderLock(em, { id: threadId, placed: sketch }, input.anchor);
      // A reader's comment is worth keeping though its words are gone; a question about them is not worth asking.
      if (placed.now.state === 'orphaned') throw anchorNotFound();
      await this.place(em, auditActor(staff), { siteId, threadId }, prompt, placed);
    });
    this.outbox.written();
    const row = await passageStore.byId(this.unitOfWork.em, threadId, id);
    if (!row) throw notFound('passage');
    return passageView(row);
  }

  /** What an installation itself asks, where nobody has asked anything yet. */
  async seed(input: AskQuestionInput): Promise<void> {
    const { site, threadId } = await this.directory.find(input);
    if ((await passageStore.count(this.unitOfWork.em, threadId, 'question')) > 0) return;
    const sketch = await placeAnchor(this.unitOfWork.em, threadId, input.anchor, newId());
    await this.unitOfWork.run(async (em) => {
      const placed = await placeUnderLock(em, { id: threadId, placed: sketch }, input.anchor);
      // Another node may have been quicker.
      if ((await passageStore.count(em, threadId, 'question')) > 0) return;
      await this.place(em, SYSTEM, { siteId: site.id, threadId }, cleanPrompt(input.prompt), placed);
    });
    this.outbox.written();
  }

  /** The question itself, within the transaction of whoever holds the thread's row. @throws too-many-passages */
  async place(
    em: EntityManager,
    by: AuditEntry['actor'],
    { siteId, threadId }: { siteId: string; threadId: string },
    prompt: string,
    placed: Placed,
  ): Promise<void> {
    const { id } = placed.marked;
    await insertPassage(em, { siteId, threadId }, placed, {
      kind: 'question',
      prompt,
      readerId: null,
      staffId: by.id,
    });
    await this.audit.record(em, [
      { siteId, actor: by, action: 'passage.asked', subjectKind: 'passage', subjectId: id },
    ]);
    await this.outbox.append(em, [{ siteId, streamId: threadId, subjectId: id, topic: 'passage.changed' }]);
  }
}

/** @throws validation */
export function cleanPrompt(raw: string): string {
  const prompt = cleanLine(raw);
  if (prompt === '') throw invalidField('/prompt', 'A question has at least one visible character.');
  return prompt;
}

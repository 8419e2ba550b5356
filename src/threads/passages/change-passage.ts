import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { invalidField, notFound } from '../../platform/errors.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { auditActor, authorise, type Actor } from '../../identity/index.js';
import { ThreadDirectory, type ThreadAddress } from '../thread-directory.js';
import { threadStore } from '../thread.store.js';
import type { Anchor } from './anchor.js';
import { cleanPrompt } from './ask-question.js';
import { confirmed } from './confirm-place.js';
import { placeAnchor } from './place-anchor.js';
import { passageStore } from './passage.store.js';
import { passageView, type PassageRow, type PassageView } from './passage.view.js';
import { anchorNotFound } from './passages.errors.js';

export interface ChangePassageInput extends ThreadAddress {
  id: string;
  prompt?: string;
  open?: boolean;
  anchor?: Anchor;
}

/** Staff reword, close or reopen a question, or say where a passage stands now. */
@Injectable()
export class ChangePassage {
  constructor(
    private readonly directory: ThreadDirectory,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, input: ChangePassageInput): Promise<PassageView> {
    const { site, threadId } = await this.directory.find(input);
    const asks = input.prompt !== undefined || input.open !== undefined;
    const staff = authorise(actor, asks ? 'passage.ask' : 'passage.place', site.id, 'thread');
    const { id } = input;
    const siteId = site.id;
    const row = await this.unitOfWork.run(async (em) => {
      // First the thread, as who publishes a text does.
      await threadStore.lockById(em, threadId);
      const before = await passageStore.byId(em, threadId, id);
      if (!before) throw notFound('passage');
      const changed = [...(await change(em, before, input)), ...(await place(em, before, input.anchor))];
      if (changed.length === 0) return before;
      await this.audit.record(em, [
        {
          siteId,
          actor: auditActor(staff),
          action: 'passage.changed',
          subjectKind: 'passage',
          subjectId: id,
          codes: { changed },
        },
      ]);
      await this.outbox.append(em, [{ siteId, streamId: threadId, subjectId: id, topic: 'passage.changed' }]);
      return passageStore.byId(em, threadId, id);
    });
    this.outbox.written();
    if (!row) throw notFound('passage');
    return passageView(row);
  }
}

/** What of the question was changed. */
async function change(
  em: EntityManager,
  before: PassageRow,
  { prompt: raw, open }: Pick<ChangePassageInput, 'prompt' | 'open'>,
): Promise<string[]> {
  if (raw === undefined && open === undefined) return [];
  if (before.kind !== 'question') {
    throw invalidField(
      raw === undefined ? '/open' : '/prompt',
      'Only a question has this; a reader marked the passage.',
    );
  }
  const prompt = raw === undefined ? before.prompt : cleanPrompt(raw);
  const closed = open === undefined ? before.closed : !open;
  const changed = [...(prompt === before.prompt ? [] : ['prompt']), ...(closed === before.closed ? [] : ['open'])];
  if (changed.length > 0) await passageStore.change(em, before.id, { prompt, closed });
  return changed;
}

async function place(em: EntityManager, before: PassageRow, anchor: Anchor | undefined): Promise<string[]> {
  if (!anchor) return [];
  const { now, newest } = await placeAnchor(em, before.threadId, anchor, before.id);
  if (now.state === 'orphaned') throw anchorNotFound();
  const carried = confirmed(before, now, newest);
  if (!carried.changed) return [];
  await passageStore.move(em, before.threadId, [carried]);
  await passageStore.keepPlaces(em, before.threadId, newest, [carried]);
  return ['anchor'];
}

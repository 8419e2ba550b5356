import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail, type AuditEntry } from '../../platform/audit/audit-trail.js';
import { Outbox } from '../../platform/stream/outbox.js';
import { follower } from '../anchoring/index.js';
import { asMarked, carry, type Carried, type Standing } from '../passages/carry.js';
import { passageStore } from '../passages/passage.store.js';
import type { ArticleText } from './article-text.js';
import { revisionStore } from './revision.store.js';

/** More changed passages than this are not named one by one: pages read the list again. */
const MAX_NAMED = 500;

/** Where all passages of a thread would stand in a new text, worked out from `base` and the passages of `fingerprint`. */
export interface RevisionPlan {
  base: number;
  fingerprint: string;
  carried: readonly Carried[];
}

/** A thread whose row is held. */
export interface HeldThread {
  id: string;
  siteId: string;
  revision: number | null;
}

/** `overtaken`: another text or passage came since the plan was made, and nothing is written. */
export type Published = 'published' | 'unchanged' | 'overtaken';

/**
 * Publishes a text of an article. Thousands of passages are carried to it before the transaction (`plan`); the
 * transaction holds the thread's row, looks whether the plan still fits, and writes.
 */
@Injectable()
export class PublishRevision {
  constructor(
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** Undefined where there is nothing to carry: no text was sent before, or this very one. */
  async plan(em: EntityManager, threadId: string, article: ArticleText): Promise<RevisionPlan | undefined> {
    const base = await revisionStore.latest(em, threadId);
    if (!base || base.hash === article.hash) return undefined;
    // Read before the passages: whatever comes between shows as a difference later.
    const fingerprint = await passageStore.fingerprint(em, threadId);
    const passages = await passageStore.standing(em, threadId);
    return {
      base: base.number,
      fingerprint,
      carried: await carryAll(em, threadId, passages, base.number + 1, article),
    };
  }

  /** With `'now'` for a plan it is made here, while everybody else waits. */
  async publish(
    em: EntityManager,
    thread: HeldThread,
    article: ArticleText,
    by: AuditEntry['actor'],
    given: RevisionPlan | undefined | 'now',
  ): Promise<Published> {
    const base = thread.revision === null ? undefined : await revisionStore.latest(em, thread.id);
    if (base?.hash === article.hash) return 'unchanged';
    const plan = given === 'now' ? await this.plan(em, thread.id, article) : given;
    if (base && !(await fits(em, thread.id, base.number, plan))) return 'overtaken';
    await this.write(em, thread, article, by, plan?.carried ?? []);
    return 'published';
  }

  private async write(
    em: EntityManager,
    thread: HeldThread,
    article: ArticleText,
    by: AuditEntry['actor'],
    carried: readonly Carried[],
  ): Promise<void> {
    const { id, siteId } = thread;
    const number = (thread.revision ?? 0) + 1;
    const staffId = by.kind === 'staff' ? by.id : null;
    await revisionStore.insert(em, { ...article, threadId: id, siteId, number, staffId });
    await passageStore.move(em, id, carried);
    await passageStore.keepPlaces(em, id, number, carried);
    const changed = carried.filter((passage) => passage.changed).map((passage) => passage.id);
    const codes = { revision: number, hash: article.hash, source: article.source, changed: changed.length };
    await this.audit.record(em, [
      { siteId, actor: by, action: 'thread.revised', subjectKind: 'thread', subjectId: id, codes },
    ]);
    const data = { revision: number, changed: changed.length > MAX_NAMED ? null : changed };
    await this.outbox.append(em, [{ siteId, streamId: id, subjectId: id, topic: 'article.revised', data }]);
  }
}

async function fits(em: EntityManager, threadId: string, base: number, plan: RevisionPlan | undefined) {
  return plan?.base === base && plan.fingerprint === (await passageStore.fingerprint(em, threadId));
}

/** From where each stood last, and what is not found so from where it was marked. */
async function carryAll(
  em: EntityManager,
  threadId: string,
  passages: readonly Standing[],
  number: number,
  article: ArticleText,
): Promise<Carried[]> {
  const to = { number, text: article.text };
  const stood = Map.groupBy(passages, (passage) => passage.stoodIn);
  const all = await carryFrom(em, threadId, stood, to, (passage) => passage);
  const lost = new Set(all.filter(({ state }) => state === 'orphaned').map(({ id }) => id));
  const marked = Map.groupBy(
    passages.filter(({ id }) => lost.has(id)),
    (passage) => passage.marked?.revision ?? passage.stoodIn,
  );
  const back = (await carryFrom(em, threadId, marked, to, asMarked)).filter(({ state }) => state !== 'orphaned');
  const found = new Map(back.map((passage) => [passage.id, passage]));
  return all.map((passage) => found.get(passage.id) ?? passage);
}

/** One comparison for all of the same text; other requests have their turn between two of them. */
async function carryFrom(
  em: EntityManager,
  threadId: string,
  groups: ReadonlyMap<number, readonly Standing[]>,
  to: { number: number; text: string },
  standing: (passage: Standing, text: string) => Standing | undefined,
): Promise<Carried[]> {
  const texts = groups.size > 0 ? await revisionStore.texts(em, threadId, [...groups.keys()]) : [];
  const all: Carried[] = [];
  for (const from of texts) {
    await breathe();
    const passages = (groups.get(from.number) ?? []).flatMap((passage) => standing(passage, from.text) ?? []);
    if (passages.length > 0) all.push(...carry(passages, follower(from.text, to.text), to));
  }
  return all;
}

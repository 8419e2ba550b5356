import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { Cursor, isInstant, isUuid } from '../../platform/http/cursor.js';
import { CONFIG, type RuntimeConfig } from '../../platform/tokens.js';
import { SiteCache } from '../../sites/index.js';
import { webAddress } from '../pages/escape.js';
import { ReadThread } from '../read-thread.js';
import type { ThreadRow } from '../thread.store.js';
import { annotationDocument, collectionDocument, pageDocument, type PageParts } from './annotation-collection.js';
import { annotationUrl } from './annotation-url.js';
import { annotationOfComment, annotationOfQuestion, type AnnotationPlaces } from './annotation.js';
import { annotationStore } from './annotation.store.js';

/** More than a thread may have questions, which all stand on the first page. */
const PAGE_LENGTH = 250;
const LIST = 'annotations';

/** How many annotations stand before the page, and the last comment of them. */
type Position = [startIndex: number, createdAt: string, id: string];

const START: Position = [0, '0001-01-01T00:00:00.000Z', '00000000-0000-0000-0000-000000000000'];

/** A thread's inline feedback as W3C Web Annotations: what the public sees of it. */
@Injectable()
export class ReadAnnotations {
  constructor(
    private readonly readThread: ReadThread,
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  /** The collection with its first page, or the page at `cursor`: questions first, then comments, oldest first. */
  async list(threadId: string, cursor: string | undefined): Promise<object> {
    const position = Cursor.decode(LIST, cursor, isPosition);
    const thread = await this.readThread.row(threadId);
    const places = await this.places(thread);
    const id = collectionUrl(this.config.publicUrl, thread);
    return this.unitOfWork.snapshot(async (em) => {
      const total = await annotationStore.total(em, threadId);
      const page = await this.page(em, thread, places, id, position ?? START);
      const collection = { id, label: `Inline feedback on ${thread.title}`, total };
      return position ? pageDocument(collection, page) : collectionDocument(collection, page);
    });
  }

  /** @throws not-found where nothing of that id is published */
  async one(threadId: string, id: string): Promise<object> {
    const { em } = this.unitOfWork;
    const thread = await this.readThread.row(threadId);
    const places = await this.places(thread);
    const comment = await annotationStore.comment(em, id);
    const passageId = comment?.passageId ?? id;
    const passage = (await annotationStore.passages(em, [passageId])).get(passageId);
    if (!passage || (comment ? !comment.published : passage.kind !== 'question')) throw notFound('annotation');
    return annotationDocument(
      comment ? annotationOfComment(comment, passage, places) : annotationOfQuestion(passage, places),
    );
  }

  /** @throws not-found */
  async threadOf(id: string): Promise<string> {
    const threadId = await annotationStore.threadOf(this.unitOfWork.em, id);
    if (threadId === undefined) throw notFound('annotation');
    return threadId;
  }

  private async page(
    em: EntityManager,
    thread: ThreadRow,
    places: AnnotationPlaces,
    collection: string,
    position: Position,
  ): Promise<PageParts> {
    const [startIndex, ...after] = position;
    const questions = startIndex === 0 ? await annotationStore.questions(em, thread.id) : [];
    const length = Math.max(1, PAGE_LENGTH - questions.length);
    const listed = await annotationStore.comments(em, thread.id, after, length + 1);
    const shown = listed.slice(0, length);
    const passages = await annotationStore.passages(em, [...new Set(shown.map((comment) => comment.passageId))]);
    const comments = shown.flatMap((comment) => {
      const passage = passages.get(comment.passageId);
      // What a moderator has just taken down is gone before the relay has folded it.
      return passage && comment.published ? [annotationOfComment(comment, passage, places)] : [];
    });
    const last = shown.at(-1);
    const next: Position | undefined =
      listed.length > length && last
        ? [startIndex + questions.length + shown.length, last.createdAt.toISOString(), last.id]
        : undefined;
    const at = (to: Position) => `${collection}?cursor=${Cursor.encode(LIST, to)}`;
    return {
      id: at(position),
      startIndex,
      next: next ? at(next) : null,
      items: [...questions.map((question) => annotationOfQuestion(question, places)), ...comments],
    };
  }

  private async places(thread: ThreadRow): Promise<AnnotationPlaces> {
    const { name: siteName } = await this.sites.siteById(thread.siteId);
    const page = `${this.config.publicUrl}/t/${encodeURIComponent(thread.siteKey)}/${encodeURIComponent(thread.key)}`;
    const article = webAddress(thread.url);
    return {
      siteName,
      source: article === undefined ? page : new URL(article).href,
      annotation: (id) => annotationUrl(this.config.publicUrl, id),
    };
  }
}

function collectionUrl(publicUrl: string, { siteKey, key }: ThreadRow): string {
  return `${publicUrl}/api/v1/sites/${encodeURIComponent(siteKey)}/threads/${encodeURIComponent(key)}/passages.jsonld`;
}

function isPosition(parts: readonly unknown[]): parts is Position {
  const [startIndex, createdAt, id] = parts;
  return parts.length === 3 && Number.isSafeInteger(startIndex) && isInstant(createdAt) && isUuid(id);
}

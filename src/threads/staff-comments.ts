import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Write } from '../platform/database/statement.js';
import { commentStore, type FullCommentRow, type RevisionRow } from './comment.store.js';
import { commentView, type CommentView } from './comment.view.js';
import type { StaffCommentView } from './staff-comment.view.js';
import { staffPassageStore } from './staff-passage.store.js';
import { staffPassageView, type StaffPassageView } from './staff-passage.view.js';

export type StaffCommentsById = ReadonlyMap<string, { row: FullCommentRow; view: StaffCommentView }>;

/** For the module above: comments as staff may see them. Whether they may, it asks itself. */
@Injectable()
export class StaffComments {
  /** By id; those that do not exist are missing. */
  async byIds(em: EntityManager, ids: readonly string[]): Promise<StaffCommentsById> {
    return byId(ids.length > 0 ? await commentStore.byIds(em, ids) : []);
  }

  /** Those whose ids a query of the caller's gives, in its one column: while the caller asks the same query for more. */
  async found(em: EntityManager, query: Write): Promise<StaffCommentsById> {
    return byId(await commentStore.found(em, query));
  }

  /** Newest first. */
  revisions(em: EntityManager, id: string): Promise<RevisionRow[]> {
    return commentStore.revisions(em, id);
  }

  /** The passage that a comment hangs on, in its context and in all texts of the article. */
  async passage(em: EntityManager, id: string): Promise<StaffPassageView | null> {
    const row = await staffPassageStore.byId(em, id);
    if (!row) return null;
    const [places, texts] = await Promise.all([staffPassageStore.places(em, id), staffPassageStore.texts(em, row)]);
    return staffPassageView(row, places, texts);
  }

  /** Outermost first. */
  async ancestors(em: EntityManager, id: string): Promise<CommentView[]> {
    return (await commentStore.ancestors(em, id)).map(commentView);
  }
}

function byId(rows: readonly FullCommentRow[]): StaffCommentsById {
  return new Map(rows.map((row) => [row.id, { row, view: staffView(row) }]));
}

function staffView(row: FullCommentRow): StaffCommentView {
  return { ...commentView(row), body: row.body, decidedBy: row.decidedBy };
}

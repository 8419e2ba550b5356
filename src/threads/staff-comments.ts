import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { commentStore, type FullCommentRow, type RevisionRow } from './comment.store.js';
import { commentView, type CommentView } from './comment.view.js';
import { staffCommentView, type StaffCommentView } from './staff-comment.view.js';
import { staffPassageStore } from './staff-passage.store.js';
import { staffPassageView, type StaffPassageView } from './staff-passage.view.js';

type StaffCommentsById = ReadonlyMap<string, { row: FullCommentRow; view: StaffCommentView }>;

/** For the module above: comments as staff may see them. Whether they may, it asks itself. */
@Injectable()
export class StaffComments {
  /** By id; those that do not exist are missing. */
  async byIds(em: EntityManager, ids: readonly string[]): Promise<StaffCommentsById> {
    const rows = ids.length > 0 ? await commentStore.byIds(em, ids) : [];
    return new Map(rows.map((row) => [row.id, { row, view: staffCommentView(row) }]));
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

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { commentStore, type FullCommentRow, type RevisionRow } from './comment.store.js';
import { commentView, type CommentView } from './comment.view.js';
import type { StaffCommentView } from './staff-comment.view.js';

/** For the module above: comments as staff may see them. Whether they may, it asks itself. */
@Injectable()
export class StaffComments {
  /** By id; those that do not exist are missing. */
  async byIds(
    em: EntityManager,
    ids: readonly string[],
  ): Promise<Map<string, { row: FullCommentRow; view: StaffCommentView }>> {
    const rows = ids.length > 0 ? await commentStore.byIds(em, ids) : [];
    return new Map(rows.map((row) => [row.id, { row, view: staffView(row) }]));
  }

  /** Newest first. */
  revisions(em: EntityManager, id: string): Promise<RevisionRow[]> {
    return commentStore.revisions(em, id);
  }

  /** Outermost first. */
  async ancestors(em: EntityManager, id: string): Promise<CommentView[]> {
    return (await commentStore.ancestors(em, id)).map(commentView);
  }
}

function staffView(row: FullCommentRow): StaffCommentView {
  return { ...commentView(row), body: row.body, decidedBy: row.decidedBy };
}

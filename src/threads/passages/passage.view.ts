import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { PassageState } from '../anchoring/index.js';

export type PassageKind = 'question' | 'selection';

/** A passage as it stands for the newest revision, with what the listing counts on it. */
export interface PassageRow {
  id: string;
  siteId: string;
  threadId: string;
  kind: PassageKind;
  prompt: string | null;
  closed: boolean;
  state: PassageState;
  score: number;
  /** The words as they were marked. */
  original: string;
  markedIn: number;
  /** The selectors below are of this revision: the newest, or for an orphan the one in which it stood last. */
  stoodIn: number;
  exact: string;
  prefix: string;
  suffix: string;
  startAt: number;
  endAt: number;
  /** Published comments on it, as far as the relay has folded them. */
  commentCount: number;
}

/** The columns of `PassageRow`, for statements that join `p` (passages) and, by LEFT JOIN, `lp` (listed_passages). */
export const PASSAGE_COLUMNS = `p.id, p.site_id AS "siteId", p.thread_id AS "threadId", p.kind, p.prompt, p.closed,
  p.state, p.score, p.original, p.marked_in AS "markedIn", p.stood_in AS "stoodIn", p.exact, p.prefix, p.suffix,
  p.start_at AS "startAt", p.end_at AS "endAt", coalesce(lp.comment_count, 0) AS "commentCount"`;

/** The words themselves and what stands before and after them: W3C Web Annotation. */
export class TextQuoteSelectorView {
  @ApiProperty({ type: 'string', enum: ['TextQuoteSelector'] })
  type: 'TextQuoteSelector';
  exact: string;
  prefix: string;
  suffix: string;
}

/** `start` inclusive, `end` exclusive, in UTF-16 code units of the revision's text: W3C Web Annotation. */
export class TextPositionSelectorView {
  @ApiProperty({ type: 'string', enum: ['TextPositionSelector'] })
  type: 'TextPositionSelector';
  start: number;
  end: number;
}

/** Where a passage stands. */
@ApiExtraModels(TextQuoteSelectorView, TextPositionSelectorView)
export class AnchorView {
  /** The selectors are of this revision of the article: the newest, or for an orphan the one in which it stood last. */
  revision: number;

  @ApiProperty({
    type: 'array',
    items: {
      oneOf: ['TextQuoteSelectorView', 'TextPositionSelectorView'].map((name) => ({ $ref: getSchemaPath(name) })),
    },
  })
  selectors: (TextQuoteSelectorView | TextPositionSelectorView)[];
}

/** The words of a passage, and what became of them. */
export class QuoteView {
  /** As they stand now; of an orphan as they stood last. */
  exact: string;
  /** anchored: unchanged in their place; moved: unchanged, elsewhere; fuzzy: words changed; orphaned: gone. */
  state: PassageState;
  /** As they were marked; only where that is not `exact`. */
  original?: string;
}

/** A part of the article that comments hang on. */
export class PassageView {
  id: string;
  /** question: placed by staff; selection: marked by a reader. */
  kind: PassageKind;
  /** What staff ask; of a question only. */
  prompt?: string;
  /** Whether a question still takes comments; of a question only. */
  open?: boolean;
  /** What became of it in the newest revision. */
  state: PassageState;
  anchor: AnchorView;
  quote: QuoteView;
  /** Published comments on it, replies included. */
  commentCount: number;
}

export function quoteView(row: Pick<PassageRow, 'exact' | 'state' | 'original'>): QuoteView {
  const { exact, state, original } = row;
  return { exact, state, ...(original === exact ? {} : { original }) };
}

export function passageView(row: PassageRow): PassageView {
  return {
    id: row.id,
    kind: row.kind,
    ...(row.kind === 'question' ? { prompt: row.prompt ?? '', open: !row.closed } : {}),
    state: row.state,
    anchor: {
      revision: row.stoodIn,
      selectors: [
        { type: 'TextQuoteSelector', exact: row.exact, prefix: row.prefix, suffix: row.suffix },
        { type: 'TextPositionSelector', start: row.startAt, end: row.endAt },
      ],
    },
    quote: quoteView(row),
    commentCount: row.commentCount,
  };
}

/** What the public sees: questions always, selections as long as something published hangs on them. */
export function isShown(row: Pick<PassageRow, 'kind' | 'commentCount'>): boolean {
  return row.kind === 'question' || row.commentCount > 0;
}

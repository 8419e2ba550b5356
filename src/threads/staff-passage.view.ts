import { ApiProperty } from '@nestjs/swagger';
import { complete, type PassageState, type Range } from './anchoring/index.js';
import { AnchorView, PassageView, passageView } from './passages/passage.view.js';
import type { PlaceRow, StaffPassageRow } from './staff-passage.store.js';

/** UTF-16 code units on each side. */
const CONTEXT = 200;

/** The words of a passage among those before and after them. */
export class PassageContextView {
  exact: string;
  prefix: string;
  suffix: string;
}

/** What became of a passage in one text of the article. */
export class PassagePlaceView {
  /** The number of the text. */
  revision: number;
  /** When that text was published. */
  @ApiProperty({ format: 'date-time' })
  at: string;
  state: PassageState;
  /** 0 to 1; 1 when every word is there. */
  score: number;
  /** The words as they stood there; null of an orphan. */
  exact: string | null;
}

/** Where an orphan perhaps stands; it stays an orphan until staff confirm it. */
export class PassageSuggestionView {
  /** To be sent back as it is. */
  anchor: AnchorView;
  score: number;
  context: PassageContextView;
}

/** A passage as staff see it. */
export class StaffPassageView extends PassageView {
  /** In the newest text; of an orphan in the one in which it stood last. */
  context: PassageContextView;
  /** Newest first, at most 100. */
  places: PassagePlaceView[];
  suggestion?: PassageSuggestionView;
}

/** @param texts of the revisions that the row names, by number */
export function staffPassageView(
  row: StaffPassageRow,
  places: readonly PlaceRow[],
  texts: ReadonlyMap<number, string>,
): StaffPassageView {
  return {
    ...passageView(row),
    context: contextOf(texts.get(row.stoodIn) ?? '', { start: row.startAt, end: row.endAt }),
    places: places.map((place) => ({ ...place, at: place.at.toISOString() })),
    ...(row.suggestion ? { suggestion: suggestionView(row.suggestion, row.newestRevision, texts) } : {}),
  };
}

function suggestionView(
  { selectors: { quote, position }, score }: NonNullable<StaffPassageRow['suggestion']>,
  revision: number,
  texts: ReadonlyMap<number, string>,
): PassageSuggestionView {
  const anchor = { revision, selectors: [quote, position] };
  return { anchor, score, context: contextOf(texts.get(revision) ?? '', position) };
}

function contextOf(text: string, { start, end }: Range): PassageContextView {
  const { exact, prefix, suffix } = complete(text, start, end, CONTEXT).quote;
  return { exact, prefix, suffix };
}

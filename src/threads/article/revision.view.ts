import { ApiProperty } from '@nestjs/swagger';

/** A text of the article, without the text. */
export class ListedRevisionView {
  /** Counts up by one with each new text. */
  number: number;
  /** SHA-256 of the text's UTF-8, in hex. */
  hash: string;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** A page of them, newest first. */
export class RevisionListView {
  items: ListedRevisionView[];
  nextCursor: string | null;
}

/** A text of the article, as it was taken out of what staff sent. */
export class RevisionTextView extends ListedRevisionView {
  /** Offsets of selectors count its UTF-16 code units. */
  text: string;
}

export function listedRevisionView(row: { number: number; hash: string; createdAt: Date }): ListedRevisionView {
  return { number: row.number, hash: row.hash, createdAt: row.createdAt.toISOString() };
}

import { ApiProperty } from '@nestjs/swagger';
import { REFUSALS, type RefusalCode } from './refusals.js';

/** What an annotation has become. */
export class ImportedView {
  /** Its place in the document, from 0. */
  index: number;
  /** As the document has it; null where it has none. */
  id: string | null;
  passageId: string;
  /** Null of a question. */
  commentId: string | null;
  /** What screening, or `status=published`, made of the comment; null of a question. */
  @ApiProperty({ type: 'string', enum: ['pending', 'published', 'rejected'], nullable: true })
  status: string | null;
}

/** One that was here before, or twice in the document. */
export class UnchangedView {
  index: number;
  id: string | null;
  passageId: string;
  commentId: string | null;
}

export class RefusalView {
  @ApiProperty({ type: 'string', enum: Object.keys(REFUSALS) })
  code: RefusalCode;
  /** For people. */
  detail: string;
}

/** One that was not imported. */
export class RefusedView {
  index: number;
  id: string | null;
  problem: RefusalView;
}

/** What became of each annotation of a document. */
export class ImportReportView {
  imported: ImportedView[];
  unchanged: UnchangedView[];
  refused: RefusedView[];
}

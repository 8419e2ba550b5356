import { IsOptional, Matches } from 'class-validator';
import { PageParameters } from '../../platform/http/page.request.js';

/** A page of an article's revisions. */
export class ListRevisionsQuery extends PageParameters {
  /** Only those of this text: SHA-256 of its UTF-8, in hex. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: 'hash must be 64 hexadecimal digits' })
  hash?: string;
}

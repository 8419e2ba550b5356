import { IsDateString, IsIn, IsOptional, IsString, IsUrl, Length, MaxLength } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { PageParameters } from '../../platform/http/page.request.js';

const WEB_URL = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };
const MAX_URL_LENGTH = 2_000;

/** A thread on first use, by a page of a permitted origin. */
export class CreateThreadRequest {
  /** The publisher's stable id of the article, 1 to 255 characters. */
  @IsString()
  @Length(1, 255)
  key: string;

  /** The article's address, of one of the site's permitted origins. */
  @IsUrl(WEB_URL)
  @MaxLength(MAX_URL_LENGTH)
  url: string;

  /** The article's headline. */
  @IsString()
  @Length(1, 500)
  title: string;
}

/** What staff set of a thread. What is left out keeps its value; a new thread needs `url` and `title`. */
export class SaveThreadRequest {
  /** The article's address. */
  @IsOptional()
  @IsUrl(WEB_URL)
  @MaxLength(MAX_URL_LENGTH)
  url?: string;

  /** The article's headline. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  title?: string;

  /** The article as plain text: a new text is a new revision. Either this or `html`. */
  @Omittable()
  @IsString()
  text?: string;

  /** The article as HTML, the markup that its page shows; its text is taken out as docs/article-text.md says. */
  @Omittable()
  @IsString()
  html?: string;

  /** closed: no new comments; frozen: no comments, edits or votes. */
  @IsOptional()
  @IsIn(['open', 'closed', 'frozen'])
  state?: 'open' | 'closed' | 'frozen';

  /** null: the site's. */
  @IsOptional()
  @IsIn(['pre', 'post'])
  moderationMode?: 'pre' | 'post' | null;

  /** When it closes by itself; null: never. ISO 8601. */
  @IsOptional()
  @IsDateString()
  closesAt?: string | null;
}

/** A page of a site's threads. */
export class ListThreadsQuery extends PageParameters {
  /** Part of the title or key. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

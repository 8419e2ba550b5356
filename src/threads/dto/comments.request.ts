import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageParameters } from '../../platform/http/page.request.js';
import { QueryParameters } from '../../platform/http/validation.js';
import { IsEmailAddress } from '../../identity/index.js';
import { SORTS, type Sort } from '../listing.store.js';
import { AnchorRequest } from '../passages/anchor.request.js';
import { NOTIFY, type Notify } from '../thread-subscriptions.js';

/** Longer than any site's limit on a comment, which is counted after normalising. */
const MAX_BODY_UNITS = 200_000;

/** A new comment. */
export class PostCommentRequest {
  /** Markdown: paragraphs, emphasis, lists, quotes, code, links. */
  @IsString()
  @MaxLength(MAX_BODY_UNITS)
  body: string;

  /** The comment that this one answers. */
  @IsOptional()
  @IsUUID()
  parentId?: string | null;

  /** The passage of the article that it hangs on; a reply has that of its parent. Either this or `anchor`. */
  @IsOptional()
  @IsUUID()
  passageId?: string | null;

  /** Words of the article that it is to hang on. Who marks what was marked before shares the passage. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AnchorRequest)
  anchor?: AnchorRequest | null;

  /** What to tell its author of: answers to this comment, to all of the author's here, or all that follows in the thread. */
  @IsOptional()
  @IsIn(NOTIFY)
  notify: Notify = 'none';

  /** Where to, if not to the address that the session was started with; without either, the inbox. */
  @IsOptional()
  @IsEmailAddress()
  notifyEmail?: string | null;
}

/** A comment's new text. */
export class EditCommentRequest {
  /** Markdown. */
  @IsString()
  @MaxLength(MAX_BODY_UNITS)
  body: string;
}

/** A vote. */
export class VoteRequest {
  /** 1 up, -1 down, 0 takes it back. */
  @ApiProperty({ type: 'integer', enum: [-1, 0, 1] })
  @IsIn([-1, 0, 1])
  value: -1 | 0 | 1;
}

/** Whether to store. */
export class PostCommentQuery extends QueryParameters {
  /** `true`: answers what would be said of the comment and how it would look, and stores nothing. */
  @IsOptional()
  @IsIn(['true', 'false'])
  preview?: 'true' | 'false';
}

/** A page of a thread's comments. */
export class ListCommentsQuery extends PageParameters {
  /** `top` by the lower bound of Wilson's interval, `active` by the newest comment in each tree. */
  @IsOptional()
  @IsIn(SORTS)
  sort: Sort = 'newest';

  /** Comments on one passage of the article, by its id, or on `any`. */
  @IsOptional()
  @Matches(/^(?:any|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i, {
    message: 'passage must be the id of a passage, or any',
  })
  passage?: string;
}

/** Where a client's knowledge of a thread ends. */
export class EventsQuery extends QueryParameters {
  /** The last `seq` that was applied. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after: number;
}

/** Threads to count. */
export class CountsQuery extends QueryParameters {
  /** Thread keys, the parameter repeated; at most 100. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value : [value]))
  @IsString({ each: true })
  @MaxLength(255, { each: true })
  key: string[] = [];
}

import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsEmailAddress } from '../../identity/index.js';
import { SUBSCRIPTION_KINDS, type SubscriptionKind } from './subscription.store.js';

/** What somebody wants to be told of. */
export class SubscribeRequest {
  /** `thread`: new comments; `replies`: answers to my comments in this thread; `comment`: answers to one comment. */
  @ApiProperty({ enum: SUBSCRIPTION_KINDS })
  @IsIn(SUBSCRIPTION_KINDS)
  kind: SubscriptionKind;

  /** Where to. With a session it may be left out: the reader's own address, or the inbox where there is none. */
  @IsOptional()
  @IsEmailAddress()
  email?: string | null;

  /** Of the kind `comment`: whose answers. */
  @IsOptional()
  @IsUUID()
  commentId?: string | null;
}

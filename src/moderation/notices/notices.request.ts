import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { Equals, IsIn, IsObject, IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { IsEmailAddress } from '../../identity/index.js';
import { NOTICE_CATEGORIES, type NoticeCategory } from './notice.store.js';

/** Who sends a notice. */
export class NoticeContactRequest {
  @IsString()
  @MaxLength(1_000)
  name: string;

  /** Where the outcome goes. */
  @IsEmailAddress()
  email: string;
}

/** A notice of illegal content (Art. 16 of the EU's Digital Services Act). */
export class NoticeRequest {
  @IsUUID()
  commentId: string;

  /** The law that the comment breaks, as well as the notifier can name it. */
  @IsString()
  @MaxLength(500)
  law: string;

  /** Why it is illegal. */
  @IsString()
  @MaxLength(5_000)
  explanation: string;

  /** That the notifier believes in good faith that all of this is accurate and complete. */
  @ApiProperty({ enum: [true] })
  @Equals(true)
  goodFaith: true;

  /** Needed, but where the notice is of child sexual abuse. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => NoticeContactRequest)
  contact?: NoticeContactRequest | null;

  /** `child-sexual-abuse` are the offences of Articles 3 to 7 of Directive 2011/93/EU. */
  @IsOptional()
  @IsIn(NOTICE_CATEGORIES)
  category: NoticeCategory = 'other';
}

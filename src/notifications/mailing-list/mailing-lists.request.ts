import { ApiProperty } from '@nestjs/swagger';
import { Equals, IsBoolean, IsInt, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { IsEmailAddress } from '../../identity/index.js';

const ONE_LINE = /^[^\p{Cc}]*[^\s\p{Cc}][^\p{Cc}]*$/u;

/** The newsletter box. */
export class JoinListRequest {
  @IsEmailAddress()
  email: string;

  /** That whoever sends it agrees to the list's text. */
  @ApiProperty({ enum: [true] })
  @Equals(true)
  consent: true;

  /** The key of a list; without it the site's default. */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  list?: string | null;

  /** Which version of the list's text the page showed; without it the newest. */
  @IsOptional()
  @IsInt()
  @Min(1)
  textVersion?: number | null;
}

/** A mailing list to make or change; what is left out keeps its value. A new one needs a name and a text. */
export class SaveListRequest {
  @Omittable()
  @IsString()
  @MaxLength(200)
  @Matches(ONE_LINE, { message: 'name must be one line that is not blank' })
  name?: string;

  /** What is promised, in a line or two. */
  @Omittable()
  @IsString()
  @MaxLength(1_000)
  description?: string;

  /** What is consented to. A new text is a new version; whoever consented to an older one stays by that. */
  @Omittable()
  @IsString()
  @MaxLength(5_000)
  text?: string;

  /** Makes it the one that is meant where none is named; the first one always is. */
  @Omittable()
  @Equals(true, { message: 'default must be true: another list becomes the default instead' })
  default?: true;

  /** Takes nobody new. */
  @Omittable()
  @IsBoolean()
  closed?: boolean;
}

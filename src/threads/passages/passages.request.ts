import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsObject, IsString, MinLength, ValidateNested } from 'class-validator';
import { MaxUnits } from '../../platform/http/max-units.js';
import { Omittable } from '../../platform/http/omittable.js';
import { AnchorRequest } from './anchor.request.js';

export /** UTF-16 code units of a question. */
export const MAX_PROMPT_UNITS = 500;

/** A question that staff place in the article. */
export class AskQuestionRequest {
  /** What is asked, in one line. */
  @IsString()
  @MinLength(1)
  @MaxUnits(MAX_PROMPT_UNITS)
  prompt: string;

  /** The words that it hangs on. */
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => AnchorRequest)
  anchor: AnchorRequest;
}

/** What staff change of a passage; what is left out keeps its value. */
export class ChangePassageRequest {
  /** Of a question: what is asked. */
  @Omittable()
  @IsString()
  @MinLength(1)
  @MaxUnits(MAX_PROMPT_UNITS)
  prompt?: string;

  /** Of a question: whether it takes comments. */
  @Omittable()
  @IsBoolean()
  open?: boolean;

  /** Where it stands now, by a person's judgement: for instance the suggestion of an orphan. */
  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => AnchorRequest)
  anchor?: AnchorRequest;
}

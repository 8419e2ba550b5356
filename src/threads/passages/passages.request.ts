import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsObject, IsString, Length, ValidateNested } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { AnchorRequest } from './anchor.request.js';

/** Characters of a question. */
export const MAX_PROMPT_LENGTH = 500;

/** A question that staff place in the article. */
export class AskQuestionRequest {
  /** What is asked, in one line. */
  @IsString()
  @Length(1, MAX_PROMPT_LENGTH)
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
  @Length(1, MAX_PROMPT_LENGTH)
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

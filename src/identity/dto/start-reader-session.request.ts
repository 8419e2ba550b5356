import { IsString, Matches, MaxLength } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { EMAIL, MAX_EMAIL_LENGTH } from '../email.js';

export class StartReaderSessionRequest {
  /** The name that stands on the comments: 1 to 80 characters after tidying. */
  @IsString()
  @MaxLength(1_000)
  displayName: string;

  /** Never shown. */
  @Omittable()
  @IsString()
  @MaxLength(MAX_EMAIL_LENGTH)
  @Matches(EMAIL, { message: 'email must be an e-mail address' })
  email?: string;
}

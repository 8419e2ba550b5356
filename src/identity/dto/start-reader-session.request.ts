import { IsString, MaxLength } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { IsEmailAddress } from '../email-address.js';

export class StartReaderSessionRequest {
  /** The name that stands on the comments: 1 to 80 characters after tidying. */
  @IsString()
  @MaxLength(1_000)
  displayName: string;

  /** Never shown. */
  @Omittable()
  @IsEmailAddress()
  email?: string;
}

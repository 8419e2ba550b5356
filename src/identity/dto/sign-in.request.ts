import { IsEmpty, IsString, Matches, MaxLength } from 'class-validator';
import { EMAIL, MAX_EMAIL_LENGTH } from '../email.js';
import { MAX_PASSWORD_LENGTH } from '../passwords.js';

export class SignInRequest {
  @IsString()
  @MaxLength(MAX_EMAIL_LENGTH)
  @Matches(EMAIL, { message: 'email must be an e-mail address' })
  email: string;

  @IsString()
  @MaxLength(MAX_PASSWORD_LENGTH)
  password: string;

  /** Second factors are not built yet. */
  @IsEmpty({ message: 'second factors are not built yet' })
  totp?: string;
}

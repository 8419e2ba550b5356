import { IsIn, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { ROLES, type Role } from '../actor.js';
import { EMAIL, MAX_EMAIL_LENGTH } from '../email.js';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../passwords.js';

export class AddStaffRequest {
  @IsString()
  @MaxLength(MAX_EMAIL_LENGTH)
  @Matches(EMAIL, { message: 'email must be an e-mail address' })
  email: string;

  @IsString()
  @MinLength(MIN_PASSWORD_LENGTH)
  @MaxLength(MAX_PASSWORD_LENGTH)
  password: string;

  /** Other staff see it: 1 to 80 characters after tidying. */
  @IsString()
  @MaxLength(1_000)
  displayName: string;

  /** The site's key. */
  @IsString()
  site: string;

  @IsIn(ROLES)
  role: Role;
}

import { IsBoolean, IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { ROLES, type Role } from '../actor.js';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../passwords.js';

/** What to change; what is left out stays. */
export class ChangeStaffRequest {
  /** Cannot sign in; the sessions end. */
  @Omittable()
  @IsBoolean()
  disabled?: boolean;

  /** Ends all sessions. */
  @Omittable()
  @IsString()
  @MinLength(MIN_PASSWORD_LENGTH)
  @MaxLength(MAX_PASSWORD_LENGTH)
  password?: string;

  @Omittable()
  @IsString()
  @MaxLength(1_000)
  displayName?: string;

  /** The key of the site that `role` is about. */
  @Omittable()
  @IsString()
  site?: string;

  /** null takes the role away. */
  @Omittable()
  @IsIn([...ROLES, null])
  role?: Role | null;
}

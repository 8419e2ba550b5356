import { IsInt, Max, Min } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import type { ConfirmationSettings } from '../mail/confirmation-settings.js';

/** How often mails that ask for a confirmation may go out. None can be switched off: anybody can cause such mails. */
export class ConfirmationSettingsRequest implements Partial<ConfirmationSettings> {
  /** Seconds until the same can be asked for again at the same address. */
  @Omittable()
  @IsInt()
  @Min(60)
  @Max(86_400)
  confirmationAgainSeconds?: number;

  /** To one address in a day. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(20)
  confirmationsPerAddress?: number;

  /** Asked for by one network in an hour. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(10_000)
  confirmationsPerNetwork?: number;

  /** In an hour on the site. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  confirmationsPerSite?: number;
}

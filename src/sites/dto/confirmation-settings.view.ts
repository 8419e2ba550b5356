import type { ConfirmationSettings } from '../mail/confirmation-settings.js';

/** How often mails that ask for a confirmation may go out. */
export class ConfirmationSettingsView implements ConfirmationSettings {
  /** Seconds until the same can be asked for again at the same address. */
  confirmationAgainSeconds: number;
  /** To one address in a day. */
  confirmationsPerAddress: number;
  /** Asked for by one network in an hour. */
  confirmationsPerNetwork: number;
  /** In an hour on the site. */
  confirmationsPerSite: number;
}

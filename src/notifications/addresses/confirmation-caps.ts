import type { ConfirmationSettings } from '../../sites/index.js';

/** How many mails that ask for a confirmation were sent lately. */
export interface SentLately {
  /** To the address, in a day, and how long ago the last one was; null: none. */
  toAddress: number;
  secondsSinceLast: number | null;
  /** Asked for by the network, and by everybody on the site, in an hour. */
  byNetwork: number;
  onSite: number;
}

/**
 * Whether one more may go out. What is asked for waits all the same, and the next confirmation is for all that waits.
 * @param networksCount false while measuring: all load comes from one network then
 */
export function mayAskForConfirmation(sent: SentLately, most: ConfirmationSettings, networksCount: boolean): boolean {
  if (sent.secondsSinceLast !== null && sent.secondsSinceLast < most.confirmationAgainSeconds) return false;
  if (sent.toAddress >= most.confirmationsPerAddress) return false;
  return !networksCount || (sent.byNetwork < most.confirmationsPerNetwork && sent.onSite < most.confirmationsPerSite);
}

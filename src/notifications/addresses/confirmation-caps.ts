/** How many mails that ask for a confirmation were sent lately. */
export interface SentLately {
  /** To the address, in a day, and how long ago the last one was; null: none. */
  toAddress: number;
  secondsSinceLast: number | null;
  /** Asked for by the network, and by everybody on the site, in an hour. */
  byNetwork: number;
  onSite: number;
}

/** Whoever did not get the first one may ask again after this. */
export const AGAIN_AFTER_SECONDS = 600;
/** A stranger's mailbox gets no more than so many in a day, whoever asks. */
export const ADDRESS_PER_DAY = 5;
/** A newsroom, a school or a train behind one address, and no machine that tries out addresses. */
export const NETWORK_PER_HOUR = 60;
/** What a site's good name with mail servers bears, should a machine have many networks. */
export const SITE_PER_HOUR = 2_000;

/**
 * Whether one more may go out. What is asked for waits all the same, and the next confirmation is for all that waits.
 * @param networksCount false while measuring: all load comes from one network then
 */
export function mayAskForConfirmation(sent: SentLately, networksCount: boolean): boolean {
  if (sent.secondsSinceLast !== null && sent.secondsSinceLast < AGAIN_AFTER_SECONDS) return false;
  if (sent.toAddress >= ADDRESS_PER_DAY) return false;
  return !networksCount || (sent.byNetwork < NETWORK_PER_HOUR && sent.onSite < SITE_PER_HOUR);
}

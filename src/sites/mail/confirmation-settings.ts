/** How often mails that ask for a confirmation may go out. Anybody can cause them, at any address. */
export interface ConfirmationSettings {
  /** Whoever did not get the first one may ask again after this. */
  confirmationAgainSeconds: number;
  /** To one address in a day, whoever asks: a stranger's mailbox. */
  confirmationsPerAddress: number;
  /** Asked for by one network in an hour: a newsroom or a train behind one address, and no machine that tries out addresses. */
  confirmationsPerNetwork: number;
  /** In an hour on the site: what its good name with mail servers bears, should a machine have many networks. */
  confirmationsPerSite: number;
}

export const DEFAULT_CONFIRMATIONS: Readonly<ConfirmationSettings> = Object.freeze({
  confirmationAgainSeconds: 600,
  confirmationsPerAddress: 5,
  confirmationsPerNetwork: 60,
  confirmationsPerSite: 2_000,
});

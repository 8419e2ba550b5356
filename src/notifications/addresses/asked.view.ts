/** The same whatever is known of the address. */
export class AskedView {
  /** Mails begin when the link in the first one was followed. An address that needs none, or wants none, gets none. */
  accepted: true;
}

export const ASKED: AskedView = Object.freeze({ accepted: true });

/** How long what nobody confirms is kept, and the link in the mail works. */
export const UNCONFIRMED_DAYS = 30;
/** How long the network that a consent came from is kept beside its proof. */
export const CONSENT_NETWORK_DAYS = 400;

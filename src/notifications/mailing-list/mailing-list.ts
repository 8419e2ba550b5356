/** A list as a site begins with. */
export const FIRST_LIST = {
  key: 'newsletter',
  name: 'Newsletter',
  description: 'Get more stuff like this in your inbox',
  text: 'Subscribe to our mailing list and get interesting stuff and updates to your email inbox.',
} as const;

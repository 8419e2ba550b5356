/** Tells the nodes whose inbox has changed: a reader's id. */
export const INBOX_SIGNAL = 'inbox';

/** Tells the nodes what inboxes may tell of otherwise than before: a comment's id. Whose they are, each looks up. */
export const INBOXES_SIGNAL = 'inboxes';

/** Tells the nodes whose inbox has changed: a reader's id. */
export const INBOX_SIGNAL = 'inbox';

import type { Reason } from './reason.view.js';

export const REASONS: readonly Reason[] = [
  { code: 'abuse', label: 'Insult or harassment', explanation: 'It attacks a person instead of a point.' },
  { code: 'hate', label: 'Hate', explanation: 'It attacks people for what they are.' },
  { code: 'off-topic', label: 'Off topic', explanation: 'It has nothing to do with the article or its discussion.' },
  { code: 'personal-data', label: 'Personal data', explanation: 'It gives away data of a person who did not agree.' },
  { code: 'spam', label: 'Advertising or spam', explanation: 'It advertises, or repeats what was posted before.' },
  { code: 'illegal', label: 'Against the law', explanation: 'The law forbids publishing it.' },
  { code: 'unreadable', label: 'Not readable', explanation: 'It can not be understood.' },
  { code: 'other', label: 'Other', explanation: 'See the explanation given with the decision.' },
];

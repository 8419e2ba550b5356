/**
 * Why a comment is rejected that a rule of this kind rejects: a code of the reasons that every site begins with. A kind
 * that is missing here has the reason `other`.
 */
export const REASON_OF_RULE: Readonly<Record<string, string>> = {
  words: 'abuse',
  'personal-data': 'personal-data',
  links: 'spam',
  domains: 'spam',
  'deceptive-links': 'spam',
  repeats: 'spam',
  flood: 'spam',
  length: 'unreadable',
  shouting: 'unreadable',
  language: 'unreadable',
};

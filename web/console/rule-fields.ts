/** How one param of a rule is asked for. Lists are one value a line. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: 'number' | 'flag' | 'lines' | 'text' | 'password';
  /** Of flags: whether it is on when nothing is said. */
  readonly on?: boolean;
  readonly hint?: string;
}

interface Kind {
  readonly text: string;
  readonly fields: readonly Field[];
}

const number = (name: string, label: string, hint?: string): Field => ({
  name,
  label,
  type: 'number',
  ...(hint && { hint }),
});
const lines = (name: string, label: string): Field => ({ name, label: `${label}, one a line`, type: 'lines' });
const flag = (name: string, label: string, on = true): Field => ({ name, label, type: 'flag', on });
const text = (name: string, label: string, hint?: string): Field => ({
  name,
  label,
  type: 'text',
  ...(hint && { hint }),
});

/** The kinds that have a form; others are written as JSON. What is left empty is as docs/screening.md says. */
export const KINDS: Readonly<Record<string, Kind>> = {
  words: {
    text: 'Words of a list, also in disguise',
    fields: [
      lines('words', 'Words'),
      lines('except', 'Never these'),
      text('language', 'Language of the list', 'en, de-AT'),
    ],
  },
  'personal-data': {
    text: 'Phone numbers, cards, accounts, addresses',
    fields: [
      flag('phones', 'Phone numbers'),
      flag('cards', 'Card numbers'),
      flag('ibans', 'Bank accounts'),
      flag('emails', 'E-mail addresses'),
      lines('allowedEmails', 'Domains whose addresses may stand'),
    ],
  },
  domains: {
    text: 'Links to places where they may not lead',
    fields: [
      lines('banned', 'Banned domains'),
      lines('allowed', 'Allowed domains'),
      flag('othersToo', 'All are banned but those allowed', false),
    ],
  },
  'deceptive-links': {
    text: 'Links that pose as others',
    fields: [lines('trusted', 'Domains that others may pose as')],
  },
  shouting: {
    text: 'Capitals throughout',
    fields: [number('leastLetters', 'From so many letters', '20'), number('share', 'Share of capitals, 0 to 1', '0.7')],
  },
  length: {
    text: 'Too short or too long',
    fields: [number('least', 'At least', '1'), number('most', 'At most')],
  },
  language: {
    text: 'A language that is not of the site',
    fields: [lines('languages', 'Languages of the site'), number('leastLetters', 'From so many letters', '60')],
  },
  repeats: {
    text: 'The same text again',
    fields: [
      number('withinSeconds', 'Within so many seconds', '86400'),
      number('own', 'Times one reader may have posted it', '0'),
      number('others', 'Other readers who may have posted it', '1'),
    ],
  },
  flood: {
    text: 'Many comments of one reader in a short time',
    fields: [number('posts', 'So many comments', '5'), number('perSeconds', 'In so many seconds', '60')],
  },
  'new-reader': {
    text: 'Readers of whom little was published yet',
    fields: [number('published', 'Until so many are published', '1')],
  },
  'rejection-rate': {
    text: 'Readers whose comments were often rejected',
    fields: [
      number('share', 'Share of rejections, 0 to 1', '0.5'),
      number('leastDecisions', 'From so many decisions', '4'),
    ],
  },
  hours: {
    text: 'A time at which nobody watches',
    fields: [
      text('from', 'From', '22:00'),
      text('until', 'Until', '06:00'),
      lines('days', 'Days (mon, tue, …)'),
      text('timeZone', 'Time zone', 'Europe/Vienna'),
    ],
  },
  external: {
    text: 'What a service of your own says',
    fields: [
      text('url', 'Address', 'https://'),
      number('timeoutMs', 'Waits so many milliseconds', '1500'),
      text('onFailure', 'If it does not answer: publish, hold or ignore', 'hold'),
    ],
  },
};

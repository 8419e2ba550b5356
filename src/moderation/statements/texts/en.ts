import type { StatementTexts } from './statement-texts.js';

export const en: StatementTexts = {
  what: {
    refused: ({ title }) => `Your comment on “${title}” is not published.`,
    removed: ({ title }) => `Your comment on “${title}” was taken down.`,
    held: ({ title }) => `Your comment on “${title}” is out of sight until a moderator has looked at it.`,
    warned: () => 'You were warned. Acknowledge the warning to go on commenting.',
    premoderated: ({ until }) => `A moderator reads your comments before they appear${until && `, until ${until}`}.`,
    suspended: ({ until }) => `You cannot comment, vote or report until ${until}.`,
    banned: () => 'You cannot comment, vote or report on this site any more.',
  },
  state: {
    'in-force': 'This applies now.',
    ended: 'This is over.',
    withdrawn: 'This was taken back at once.',
    reversed: 'This was reversed.',
    replaced: 'A later decision took its place.',
  },
  facts: {
    'own-initiative': 'We looked at it on our own initiative.',
    notice: 'We looked at it because somebody told us that it is illegal.',
    reports: 'We looked at it because readers reported it.',
  },
  automation: {
    fully: 'The decision was taken automatically.',
    partially: 'It was found automatically, and a person decided.',
    not: 'A person decided, without automated means.',
  },
  ground: {
    illegal: (reference) => `We consider it illegal. Ground: ${reference}.`,
    incompatible: (reference) => `We consider it incompatible with our rules. Ground: ${reference}.`,
  },
  scope: (countries) => `It applies in ${countries}.`,
  eea: 'the whole European Economic Area',
  appeal: (until) => `You can appeal until ${until}, free of charge. Another person decides on the appeal.`,
  noAppeal: 'It can not be appealed with us (any more).',
  others: 'You can also turn to a certified out-of-court dispute settlement body, or to a court.',
  reasons: {},
};

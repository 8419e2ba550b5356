import { kindNamed } from '../../screening/index.js';
import type { Restricted } from '../statements/restricted.js';
import type { Automation, Restriction, Source } from '../statements/restriction.js';

/**
 * Facts and circumstances in standard words: what staff has said of a case may name people, and this is published
 * (Art. 24(5) of the DSA: no personal data).
 */
export function decisionFacts(one: Restricted): string {
  const found = one.detected ? kindsOf(one) : [];
  return [
    one.comment ? 'A comment under an article.' : 'An account that comments on articles.',
    EXAMINED[one.source],
    ...(found.length > 0 ? [`Automatic rules spoke of it: ${found.join(', ')}.`] : []),
    DECIDED[one.automation],
    CONSEQUENCE[one.restriction],
  ].join(' ');
}

const EXAMINED: Record<Source, string> = {
  'own-initiative': 'It was examined on the own initiative of the provider.',
  notice: 'It was examined after a notice in accordance with Article 16 of Regulation (EU) 2022/2065.',
  reports: 'It was examined after reports of readers that were no notices in accordance with Article 16.',
};
const DECIDED: Record<Automation, string> = {
  fully: 'The decision was taken automatically.',
  partially: 'A person decided on what automatic rules had found.',
  not: 'A person decided.',
};
const CONSEQUENCE: Record<Restriction, string> = {
  refused: 'The comment was not published.',
  removed: 'The comment was taken down.',
  held: 'The comment is out of sight until a person has looked at it.',
  warned: 'The account was warned.',
  premoderated: 'Comments of the account wait for the look of a person before they are published.',
  suspended: 'The account can not comment for a time.',
  banned: 'The account can not comment any more.',
};

/** Kinds of rules that Postil knows; what else stands in a finding may be a site's own words. */
function kindsOf({ comment }: Restricted): string[] {
  const kinds = (comment?.screening ?? [])
    .filter(({ action }) => action !== 'note')
    .map(({ kind, rule }) => kind ?? rule);
  return [...new Set(kinds)].filter((kind) => kind === 'links' || kindNamed(kind) !== undefined);
}

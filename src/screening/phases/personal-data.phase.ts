import { domains } from '../links/domain-list.js';
import { cardNumbers } from '../personal-data/cards.js';
import { emailAddresses } from '../personal-data/emails.js';
import { ibans } from '../personal-data/ibans.js';
import { phoneNumbers } from '../personal-data/phones.js';
import { overlaps, type Place } from '../personal-data/place.js';
import { ruleKind } from '../rules/rule-kind.js';
import { fields, flag, optional } from '../rules/shape.js';

interface Kind {
  name: string;
  score: number;
  places: readonly Place[];
}

/** What strangers should not read of anyone. The check digits first: what they vouch for is no phone number. */
export const personalDataPhase = ruleKind({
  kind: 'personal-data',
  action: 'hold',
  params: fields({
    phones: optional(flag, true),
    cards: optional(flag, true),
    ibans: optional(flag, true),
    emails: optional(flag, true),
    /** Domains whose e-mail addresses may stand: the newsroom's. */
    allowedEmails: optional(domains, []),
  }),
  screen(comment, { phones, cards, ibans: accounts, emails, allowedEmails }) {
    const { body } = comment;
    const checked: Kind[] = [
      { name: 'a card number', score: 1, places: cards ? cardNumbers(body) : [] },
      { name: 'a bank account', score: 1, places: accounts ? ibans(body) : [] },
      { name: 'an e-mail address', score: 0.9, places: emails ? emailAddresses(body, allowedEmails) : [] },
    ];
    const taken = checked.flatMap(({ places }) => places);
    const numbers = (phones ? phoneNumbers(body) : []).filter(
      (place) => !taken.some((other) => overlaps(place, other)),
    );
    const found = [...checked, { name: 'a phone number', score: 0.7, places: numbers }].filter(
      ({ places }) => places.length > 0,
    );
    return found.map(({ name, score, places }) => ({
      score,
      evidence: places.slice(0, 20).map((place) => comment.evidence(place)),
      explanation: `It has what looks like ${name}.`,
      hint: `Your comment has what looks like ${name}. Everybody could read it: better take it out.`,
    }));
  },
});

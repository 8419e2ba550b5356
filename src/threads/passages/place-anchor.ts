import { setImmediate } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { BoundedMap } from '../../platform/bounded-map.js';
import { DomainError } from '../../platform/errors.js';
import { complete, follower, locate, type Follower, type GivenSelectors, type Range } from '../anchoring/index.js';
import { revisionStore, type RevisionText } from '../article/revision.store.js';
import type { Anchor } from './anchor.js';
import { carry, type Carried } from './carry.js';
import { anchorAmbiguous, anchorNotFound, noArticleText, revisionNotFound } from './passages.errors.js';

/** An anchor, resolved. */
export interface Placed {
  /** Where the words stand in the text that the page showed. */
  marked: Carried;
  /** And what became of them until the newest text: the same, where the page showed that. */
  now: Carried;
  /** The number of that newest text. */
  newest: number;
}

/** UTF-16 code units of compared texts that a node remembers: 20 MB, as a comparison takes some 5 bytes for each. */
const REMEMBERED_UNITS = 4_000_000;
const followers = new BoundedMap<string, { follow: Follower; units: number }>(REMEMBERED_UNITS, ({ units }) => units);

const UNSEEN = /[\s\u00ad\u200b-\u200d\u2060\ufeff]/;

/**
 * Resolves an anchor against the text that it names, and carries it to the newest. `id` is what a passage there would
 * be called.
 * @throws no-article-text, revision-not-found, anchor-not-found, anchor-ambiguous
 */
export async function placeAnchor(em: EntityManager, threadId: string, anchor: Anchor, id: string): Promise<Placed> {
  const { places } = await placeAnchors(em, threadId, anchor.revision, [{ selectors: anchor, id }]);
  const [placed] = places;
  if (!placed || placed instanceof DomainError) throw placed ?? anchorNotFound();
  return placed;
}

/**
 * The same for many of one text at once: each is placed, or the answer has why it can't be.
 * @throws no-article-text, revision-not-found
 */
export async function placeAnchors(
  em: EntityManager,
  threadId: string,
  revision: number | undefined,
  anchors: readonly { selectors: GivenSelectors; id: string }[],
): Promise<{ newest: number; places: (Placed | DomainError)[] }> {
  const newest = await revisionStore.newest(em, threadId);
  if (!newest) throw noArticleText();
  const shown = await shownText(em, threadId, newest, revision);
  const marks: (Carried | DomainError)[] = [];
  for (const { selectors, id } of anchors) {
    // A long text and a thousand quotes take a second: others get their turn meanwhile.
    if (marks.length % 50 === 49) await setImmediate();
    marks.push(markedIn(shown, selectors, id));
  }
  const found = marks.flatMap((mark) => (mark instanceof DomainError ? [] : [mark]));
  const same = shown.number === newest.number || found.length === 0;
  const carried = same
    ? found
    : carry(
        found.map((mark) => ({ ...mark, stoodScore: 1 })),
        between(shown, newest),
        newest,
      );
  const now = new Map(carried.map((mark) => [mark.id, mark]));
  const places = marks.map((mark) => {
    if (mark instanceof DomainError) return mark;
    return { marked: mark, now: now.get(mark.id) ?? mark, newest: newest.number };
  });
  return { newest: newest.number, places };
}

/**
 * Pages go on showing a text for hours after it was corrected, to many readers. Two long texts take a tenth of a second
 * to compare, so that is done once for all of them.
 */
function between(shown: RevisionText, newest: RevisionText): Follower {
  const key = `${shown.hash} ${newest.hash}`;
  const known = followers.get(key);
  if (known) return known.follow;
  const follow = follower(shown.text, newest.text);
  followers.set(key, { follow, units: shown.text.length + newest.text.length });
  return follow;
}

async function shownText(
  em: EntityManager,
  threadId: string,
  newest: RevisionText,
  number = newest.number,
): Promise<RevisionText> {
  if (number === newest.number) return newest;
  const [older] = await revisionStore.texts(em, threadId, [number]);
  if (!older) throw revisionNotFound();
  return older;
}

function markedIn({ number, text }: RevisionText, selectors: GivenSelectors, id: string): Carried | DomainError {
  const located = locate(text, selectors);
  if (located === 'not-found') return anchorNotFound();
  if (located === 'ambiguous') return anchorAmbiguous();
  const { start, end } = trimmed(text, located);
  const { quote, position } = complete(text, start, end);
  return {
    id,
    state: 'anchored',
    score: 1,
    original: quote.exact,
    stoodIn: number,
    exact: quote.exact,
    prefix: quote.prefix,
    suffix: quote.suffix,
    startAt: position.start,
    endAt: position.end,
    suggestion: null,
    changed: true,
  };
}

/** Without the spaces that a hasty selection has at its ends: with them, two who mark the same words would not share them. */
function trimmed(text: string, { start, end }: Range): Range {
  let [from, to] = [start, end];
  while (from < to && UNSEEN.test(text.charAt(from))) from += 1;
  while (to > from && UNSEEN.test(text.charAt(to - 1))) to -= 1;
  return from === to ? { start, end } : { start: from, end: to };
}

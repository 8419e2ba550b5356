import type { EntityManager } from 'typeorm';
import { complete, locate, type Range } from '../anchoring/index.js';
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

const UNSEEN = /[\s\u00ad\u200b-\u200d\u2060\ufeff]/;

/**
 * Resolves an anchor against the text that it names, and carries it to the newest. `id` is what a passage there would
 * be called.
 * @throws no-article-text, revision-not-found, anchor-not-found, anchor-ambiguous
 */
export async function placeAnchor(em: EntityManager, threadId: string, anchor: Anchor, id: string): Promise<Placed> {
  const newest = await revisionStore.newest(em, threadId);
  if (!newest) throw noArticleText();
  const shown = await shownText(em, threadId, newest, anchor.revision);
  const marked = markedIn(shown, anchor, id);
  if (shown.number === newest.number) return { marked, now: marked, newest: newest.number };
  const [now = marked] = carry([{ ...marked, stoodScore: 1 }], shown.text, newest);
  return { marked, now, newest: newest.number };
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

function markedIn({ number, text }: RevisionText, anchor: Anchor, id: string): Carried {
  const located = locate(text, anchor);
  if (located === 'not-found') throw anchorNotFound();
  if (located === 'ambiguous') throw anchorAmbiguous();
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

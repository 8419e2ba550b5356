import { BoundedMap } from '../../platform/bounded-map.js';
import { excerptOf } from '../../threads/index.js';
import type { Block, Letter } from '../templates/letter.js';
import type { Words } from '../words/words.js';
import type { ActivityItem } from './activity.store.js';

/** Characters of a comment that a mail shows, and comments of one mail. */
const EXCERPT = 400;
const SHOWN = 20;

/** Stand in the letter where each recipient has links of their own, so that what many get is written once. */
export const UNSUBSCRIBE_LINK = 'https://unsubscribe.invalid/';
export const PREFERENCES_LINK = 'https://preferences.invalid/';

export interface Addressee {
  language: string;
  timeZone: string;
}

/** What happened in one thread. `items` are not empty. */
export function activityLetter(items: readonly ActivityItem[], words: Words, to: Addressee): Letter {
  const { mail } = words;
  const [first] = items;
  if (!first) throw new Error('a letter about nothing');
  const title = first.threadTitle;
  const subject =
    items.length === 1 ? mail.subject[first.kind](first.authorName, title) : mail.subject.many(items.length, title);
  const link = `${first.threadUrl.replace(/#.*$/, '')}#comment-${first.commentId}`;
  return {
    language: to.language,
    subject,
    preview: excerptOf(first.html, 120),
    blocks: [
      { kind: 'heading', text: title, href: first.threadUrl },
      ...commentBlocks(items.slice(0, SHOWN), words, to),
      ...more(items.length - SHOWN, words),
      { kind: 'button', label: mail.read, href: link },
    ],
    footer: {
      why: mail.why[whyOf(items)],
      links: [
        {
          label: items.some(({ subscriptionId }) => subscriptionId !== null) ? mail.stopThread : mail.stopMentions,
          href: UNSUBSCRIBE_LINK,
        },
        { label: mail.settings, href: PREFERENCES_LINK },
      ],
    },
  };
}

/** What happened in all threads since the last mail of its kind. */
export function digestLetter(
  items: readonly ActivityItem[],
  words: Words,
  to: Addressee & { frequency: 'instant' | 'hourly' | 'daily'; siteName: string },
): Letter {
  const { mail } = words;
  const threads = Map.groupBy(items.slice(0, SHOWN), (item) => item.threadId);
  return {
    language: to.language,
    subject: mail.subject.digest(items.length, to.siteName),
    preview: items
      .map(({ threadTitle }) => threadTitle)
      .filter((title, at, all) => all.indexOf(title) === at)
      .join(' · ')
      .slice(0, 120),
    blocks: [
      { kind: 'paragraph', text: mail.digestIntro[to.frequency] },
      ...[...threads.values()].flatMap((ofThread): Block[] => [
        { kind: 'heading', text: ofThread[0]?.threadTitle ?? '', href: ofThread[0]?.threadUrl ?? '' },
        ...commentBlocks(ofThread, words, to),
      ]),
      ...more(items.length - SHOWN, words),
    ],
    footer: {
      why: mail.why[whyOf(items)],
      links: [
        { label: mail.stopAll, href: UNSUBSCRIBE_LINK },
        { label: mail.settings, href: PREFERENCES_LINK },
      ],
    },
  };
}

function commentBlocks(items: readonly ActivityItem[], { mail }: Words, { language, timeZone }: Addressee): Block[] {
  const at = clock(language, timeZone);
  return items.map(({ kind, authorName, html, createdAt, threadUrl, commentId }) => ({
    kind: 'comment',
    line: mail.line[kind](authorName),
    excerpt: excerptOf(html, EXCERPT),
    at: at.format(createdAt),
    href: `${threadUrl.replace(/#.*$/, '')}#comment-${commentId}`,
    label: mail.toArticle,
  }));
}

/** Making one takes as long as writing all the rest of a letter, and each holds tens of kilobytes. */
const clocks = new BoundedMap<string, Intl.DateTimeFormat>(64);

function clock(language: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`;
  const made =
    clocks.get(key) ?? new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone });
  clocks.set(key, made);
  return made;
}

function more(count: number, { mail }: Words): Block[] {
  return count > 0 ? [{ kind: 'paragraph', text: mail.more(count) }] : [];
}

function whyOf(items: readonly ActivityItem[]): 'thread' | 'replies' | 'comment' | 'own' {
  const kinds = new Set(items.map(({ subscriptionKind }) => subscriptionKind));
  return kinds.has('thread') ? 'thread' : kinds.has('replies') ? 'replies' : kinds.has('comment') ? 'comment' : 'own';
}

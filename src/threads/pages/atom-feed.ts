import { escapeXml as e, webAddress } from './escape.js';
import { quotedPassage, type QuotedPassage } from './quoted-passage.js';

export interface FeedEntryView {
  /** UUIDs; they make the entry's stable identity. */
  id: string;
  parentId: string | null;
  authorName: string;
  html: string;
  /** Where it hangs on a passage: an entry is read by itself, answers too. */
  quote?: QuotedPassage;
  createdAt: Date;
  editedAt: Date | null;
  /** Where the comment can be read, and the one it answers. Absolute. */
  url: string;
  parentUrl: string | null;
}

export interface FeedView {
  /** The thread's UUID. */
  id: string;
  lang: string;
  siteName: string;
  title: string;
  /** The article. */
  url: string;
  feedUrl: string;
  /** When the newest thing in the thread happened; its creation, if nothing has. */
  updatedAt: Date;
  /** Published comments, newest first. */
  entries: FeedEntryView[];
}

/** A feed carries the newest 50; who reads it less often than that reads the thread. */
export const FEED_LENGTH = 50;

function entry({ entry: comment, title }: { entry: FeedEntryView; title: string }): string {
  const reply =
    comment.parentId === null
      ? ''
      : `\n<thr:in-reply-to ref="urn:uuid:${e(comment.parentId)}"${
          comment.parentUrl === null ? '' : ` href="${e(comment.parentUrl)}" type="text/html"`
        }/>`;
  const content = (comment.quote ? `${quotedPassage(comment.quote)}\n` : '') + comment.html;
  return `<entry>
<id>urn:uuid:${e(comment.id)}</id>
<title>${e(`Comment by ${comment.authorName} on ${title}`)}</title>
<published>${comment.createdAt.toISOString()}</published>
<updated>${(comment.editedAt ?? comment.createdAt).toISOString()}</updated>
<author><name>${e(comment.authorName)}</name></author>
<link rel="alternate" type="text/html" href="${e(comment.url)}"/>${reply}
<content type="html">${e(content)}</content>
</entry>`;
}

/**
 * A thread's newest comments as Atom 1.0 (RFC 4287), replies marked by RFC 4685. Html stands in it as escaped text
 * (section 4.1.3.3), so that nothing a comment says can be part of the feed's own markup.
 */
export function renderAtomFeed(view: FeedView): string {
  const url = webAddress(view.url);
  const alternate = url === undefined ? '' : `\n<link rel="alternate" type="text/html" href="${e(url)}"/>`;
  const entries = view.entries.slice(0, FEED_LENGTH).map((each) => entry({ entry: each, title: view.title }));
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="${e(view.lang)}">
<id>urn:uuid:${e(view.id)}</id>
<title>${e(`Comments on ${view.title}`)}</title>
<subtitle>${e(view.siteName)}</subtitle>
<updated>${view.updatedAt.toISOString()}</updated>
<link rel="self" type="application/atom+xml" href="${e(view.feedUrl)}"/>${alternate}
<generator>Postil</generator>
${entries.join('\n')}
</feed>
`;
}

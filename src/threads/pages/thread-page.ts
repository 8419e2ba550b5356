import { createHash } from 'node:crypto';
import { escapeMarkup as e, webAddress } from './escape.js';
import { quotedPassage, type QuotedPassage } from './quoted-passage.js';
import { THREAD_PAGE_STYLE } from './thread-page.style.js';

/** A comment that the public may read. Its html comes from renderMarkdown and goes out as it is. */
export interface CommentView {
  id: string;
  status: 'published';
  authorName: string;
  html: string;
  createdAt: Date;
  editedAt: Date | null;
  pinned: boolean;
  /** Where it hangs on a passage; an answer is read below the comment that quotes it. */
  quote?: QuotedPassage;
  replies: ThreadPageItem[];
  /** Replies beyond those given here, and the page that has them. */
  more?: { count: number; href: string };
}

/** What stands for a comment that is gone while answers to it are not. */
export interface PlaceholderView {
  id: string;
  status: 'deleted' | 'removed';
  replies: ThreadPageItem[];
  more?: { count: number; href: string };
}

/** What editors ask readers at a passage of the article. */
export interface QuestionView {
  quote: QuotedPassage;
  open: boolean;
  commentCount: number;
}

export type ThreadPageItem = CommentView | PlaceholderView;

export interface ThreadPageView {
  siteName: string;
  /** BCP 47, of the page's own words and, as far as is known, of the comments. */
  lang: string;
  title: string;
  /** The article. */
  url: string;
  /** This page and its feed, absolute. */
  pageUrl: string;
  feedUrl: string;
  state: 'open' | 'closed' | 'frozen';
  commentCount: number;
  /** On the first page. */
  questions: QuestionView[];
  comments: ThreadPageItem[];
  /** The cursor of the next page, as the listing gave it. */
  nextCursor: string | null;
  /** Html of what can be asked for here. */
  forms?: string;
}

const GONE = { deleted: 'Deleted by its author.', removed: 'Removed by a moderator.' };

/** For the Content-Security-Policy of the page: nothing runs, nothing is loaded, one style applies, forms are for this server. */
export const THREAD_PAGE_CSP = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(THREAD_PAGE_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

function time(at: Date): string {
  return `<time datetime="${at.toISOString()}">${e(dates.format(at))} UTC</time>`;
}

function comments(count: number): string {
  return count === 1 ? '1 comment' : `${count} comments`;
}

function head(comment: CommentView): string {
  const edited = comment.editedAt === null ? '' : ` <span class="note">edited ${time(comment.editedAt)}</span>`;
  const pinned = comment.pinned ? ' <span class="note">pinned</span>' : '';
  return `<header><b class="author" dir="auto">${e(comment.authorName)}</b> <a href="#comment-${e(comment.id)}">${time(comment.createdAt)}</a>${edited}${pinned}</header>`;
}

function article(item: ThreadPageItem): string {
  const id = `id="comment-${e(item.id)}"`;
  if (item.status !== 'published') return `<article ${id} class="gone"><p>${GONE[item.status]}</p></article>`;
  const quote = item.quote ? `\n${quotedPassage(item.quote)}` : '';
  return `<article ${id}>${head(item)}${quote}\n<div class="body" dir="auto">${item.html}</div></article>`;
}

function list(items: ThreadPageItem[]): string {
  if (items.length === 0) return '';
  const entries = items.map((item) => {
    const more = item.more && `<p><a href="${e(item.more.href)}">${item.more.count} more in this conversation</a></p>`;
    return `<li>${article(item)}${list(item.replies)}${more ?? ''}</li>`;
  });
  return `<ol>\n${entries.join('\n')}\n</ol>`;
}

function questions(asked: readonly QuestionView[]): string {
  if (asked.length === 0) return '';
  const entries = asked.map(({ quote, open, commentCount }) => {
    const closed = open ? '' : ' · closed';
    return `<li>${quotedPassage(quote)}<p class="note">${comments(commentCount)}${closed}</p></li>`;
  });
  return `<section>\n<h2>Questions to readers</h2>\n<ul>\n${entries.join('\n')}\n</ul>\n</section>\n`;
}

function older(view: ThreadPageView): string {
  if (view.nextCursor === null) return '';
  return `<nav><a rel="next" href="?cursor=${encodeURIComponent(view.nextCursor)}">Older comments</a></nav>`;
}

/**
 * One page of a thread as plain HTML: no script, readable everywhere. The items come nested to the site's
 * depth, newest first; nesting is bounded by that depth, so it may recurse.
 */
export function renderThreadPage(view: ThreadPageView): string {
  const url = webAddress(view.url);
  const title = `<span dir="auto">${e(view.title)}</span>`;
  const closed = view.state === 'open' ? '' : ' · no new comments are taken';
  return `<!DOCTYPE html>
<html lang="${e(view.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${e(`Comments on ${view.title} · ${view.siteName}`)}</title>
<link rel="canonical" href="${e(view.pageUrl)}">
<link rel="alternate" type="application/atom+xml" title="${e(`Comments on ${view.title}`)}" href="${e(view.feedUrl)}">
<style>${THREAD_PAGE_STYLE}</style>
</head>
<body>
<main>
<p class="site" dir="auto">${e(view.siteName)}</p>
<h1>${url === undefined ? title : `<a href="${e(url)}">${title}</a>`}</h1>
<p class="note">${comments(view.commentCount)}${closed}</p>
${questions(view.questions)}${view.comments.length === 0 ? '<p>Nobody has commented here yet.</p>' : list(view.comments)}
${older(view)}
${view.forms ?? ''}</main>
</body>
</html>
`;
}

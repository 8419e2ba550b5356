import { quoteOf, type CommentList, type CommentRow, type CommentView, type ListedView } from './comment.view.js';
import type { FeedView } from './pages/atom-feed.js';
import type { PassageView } from './passages/passage.view.js';
import type { QuestionView, ThreadPageItem, ThreadPageView } from './pages/thread-page.js';
import type { ThreadRow } from './thread.store.js';
import type { ThreadView } from './thread.view.js';

export interface PageContext {
  siteName: string;
  lang: string;
  /** Absolute. */
  pageUrl: string;
  feedUrl: string;
}

export function threadPageView(
  context: PageContext,
  thread: ThreadView,
  list: CommentList,
  isFirst: boolean,
): ThreadPageView {
  const { passages } = thread;
  const prompts = new Map(passages.map((passage) => [passage.id, passage.prompt]));
  return {
    ...context,
    title: thread.title,
    url: thread.url,
    state: thread.state,
    commentCount: thread.commentCount,
    questions: isFirst ? passages.flatMap(questionView) : [],
    comments: list.items.map((item) => pageItem(item, prompts)),
    nextCursor: list.nextCursor,
  };
}

function questionView({ prompt, open, quote, commentCount }: PassageView): QuestionView[] {
  return prompt === undefined ? [] : [{ quote: { ...quote, prompt }, open: open ?? false, commentCount }];
}

function pageItem(item: ListedView, prompts: ReadonlyMap<string, string | undefined>): ThreadPageItem {
  const replies = (item.replies?.items ?? []).map((reply) => pageItem(reply, prompts));
  const hidden = item.replies?.nextCursor ? item.replyCount - replies.length : 0;
  const more = hidden > 0 ? { more: { count: hidden, href: `/api/v1/comments/${item.id}/replies` } } : {};
  if (!('author' in item)) return { id: item.id, status: item.status, replies, ...more };
  return {
    id: item.id,
    status: 'published',
    authorName: item.author.name,
    html: item.html,
    createdAt: new Date(item.createdAt),
    editedAt: item.editedAt === null ? null : new Date(item.editedAt),
    pinned: item.pinned,
    ...quoteOnPage(item, prompts),
    replies,
    ...more,
  };
}

function quoteOnPage({ depth, quote, passageId }: CommentView, prompts: ReadonlyMap<string, string | undefined>) {
  if (depth > 0 || !quote) return {};
  const prompt = prompts.get(passageId ?? '');
  return { quote: { ...quote, ...(prompt === undefined ? {} : { prompt }) } };
}

export function feedView(context: PageContext, thread: ThreadRow, rows: readonly CommentRow[]): FeedView {
  const newest = rows.flatMap((row) => [row.createdAt, row.editedAt ?? row.createdAt]);
  const updatedAt = new Date(Math.max(thread.createdAt.getTime(), ...newest.map((at) => at.getTime())));
  const at = (id: string) => `${context.pageUrl}#comment-${id}`;
  return {
    ...context,
    id: thread.id,
    title: thread.title,
    url: thread.url,
    updatedAt,
    entries: rows.map((row) => ({
      id: row.id,
      parentId: row.parentId,
      authorName: row.authorName,
      html: row.html,
      ...quoteOf(row),
      createdAt: row.createdAt,
      editedAt: row.editedAt,
      url: at(row.id),
      parentUrl: row.parentId === null ? null : at(row.parentId),
    })),
  };
}

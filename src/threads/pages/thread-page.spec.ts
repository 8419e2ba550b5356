import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import type { QuotedPassage } from './quoted-passage.js';
import {
  renderThreadPage,
  THREAD_PAGE_CSP,
  type CommentView,
  type ThreadPageItem,
  type ThreadPageView,
} from './thread-page.js';

const comment = (id: string, change: Partial<CommentView> = {}): CommentView => ({
  id,
  status: 'published',
  authorName: 'Ada',
  html: `<p>text of ${id}</p>\n`,
  createdAt: new Date('2026-11-22T14:22:00.123Z'),
  editedAt: null,
  pinned: false,
  replies: [],
  ...change,
});

const page = (change: Partial<ThreadPageView> = {}): string =>
  renderThreadPage({
    siteName: 'The Gazette',
    lang: 'en',
    title: 'A bridge opens',
    url: 'https://gazette.example/bridge',
    pageUrl: 'https://postil.example/t/gazette/bridge',
    feedUrl: 'https://postil.example/t/gazette/bridge.atom',
    state: 'open',
    commentCount: 0,
    questions: [],
    comments: [],
    nextCursor: null,
    ...change,
  });

interface Element {
  name: string;
  attributes: Record<string, string>;
  /** Names of the elements around it, outermost first. */
  path: string[];
}

/** The elements of a page, and whether every one that is opened is closed in order. */
function elementsOf(html: string): Element[] {
  const found: Element[] = [];
  const path: string[] = [];
  const VOID = ['meta', 'link', 'br'];
  const parser = new Parser({
    onopentag(name, attributes) {
      found.push({ name, attributes, path: [...path] });
      if (!VOID.includes(name)) path.push(name);
    },
    onclosetag(name, implied) {
      if (VOID.includes(name)) return;
      if (implied || path.pop() !== name) throw new Error(`</${name}> closes nothing`);
    },
  });
  parser.end(html);
  return found;
}

describe('renderThreadPage', () => {
  it('links title, article, feed and itself, and says its language', () => {
    const html = page({ lang: 'de' });
    const elements = elementsOf(html);
    expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="de">/);
    expect(html).toContain(
      '<h1><a href="https://gazette.example/bridge"><span dir="auto">A bridge opens</span></a></h1>',
    );
    expect(html).toContain('<title>Comments on A bridge opens · The Gazette</title>');
    expect(elements.filter(({ name }) => name === 'link').map(({ attributes }) => attributes)).toEqual([
      { rel: 'canonical', href: 'https://postil.example/t/gazette/bridge' },
      {
        rel: 'alternate',
        type: 'application/atom+xml',
        title: 'Comments on A bridge opens',
        href: 'https://postil.example/t/gazette/bridge.atom',
      },
    ]);
  });

  it.each<[Partial<ThreadPageView>, string]>([
    [{ commentCount: 0 }, '<p>Nobody has commented here yet.</p>'],
    [{ commentCount: 1 }, '>1 comment<'],
    [{ commentCount: 12 }, '>12 comments<'],
    [{ commentCount: 2, state: 'closed' }, '>2 comments · no new comments are taken<'],
    [{ commentCount: 2, state: 'frozen' }, '>2 comments · no new comments are taken<'],
    [{ nextCursor: 'a+b/c=' }, '<a rel="next" href="?cursor=a%2Bb%2Fc%3D">Older comments</a>'],
    [{ url: 'javascript:alert(1)' }, '<h1><span dir="auto">A bridge opens</span></h1>'],
  ])('with %j has %s', (change, text) => {
    expect(page(change)).toContain(text);
  });

  it('has no link to older comments on the last page', () => {
    expect(page()).not.toContain('Older comments');
  });

  it('shows author, time, text and a place to link to', () => {
    const html = page({ comments: [comment('c1', { editedAt: new Date('2026-11-22T14:25:00Z'), pinned: true })] });
    expect(html).toContain('<article id="comment-c1">');
    expect(html).toContain('<a href="#comment-c1"><time datetime="2026-11-22T14:22:00.123Z">');
    expect(html).toContain('edited <time datetime="2026-11-22T14:25:00.000Z">');
    expect(html).toContain('pinned');
    expect(html).toContain('<div class="body" dir="auto"><p>text of c1</p>\n</div>');
  });

  it('nests answers in ordered lists and says where more of them are', () => {
    const c3 = comment('c3', { more: { count: 7, href: '/t/gazette/bridge?root=c3&x=1' } });
    const html = page({ comments: [comment('c1', { replies: [comment('c2', { replies: [c3] })] }), comment('c4')] });
    const depths = elementsOf(html)
      .filter(({ name }) => name === 'article')
      .map(({ attributes, path }) => [attributes['id'], path.filter((name) => name === 'ol').length]);
    expect(depths).toEqual([
      ['comment-c1', 1],
      ['comment-c2', 2],
      ['comment-c3', 3],
      ['comment-c4', 1],
    ]);
    expect(html).toContain('<a href="/t/gazette/bridge?root=c3&amp;x=1">7 more in this conversation</a>');
  });

  it.each<['deleted' | 'removed', string]>([
    ['deleted', 'Deleted by its author.'],
    ['removed', 'Removed by a moderator.'],
  ])('keeps the place of a %s comment, with its answers', (status, words) => {
    const html = page({ comments: [{ id: 'c1', status, replies: [comment('c2')] }] });
    expect(html).toContain(`<article id="comment-c1" class="gone"><p>${words}</p></article><ol>`);
    expect(html).toContain('text of c2');
  });

  it.each<[QuotedPassage, string]>([
    [
      { exact: 'the old bridge', state: 'anchored' },
      '<blockquote class="passage" dir="auto">the old bridge</blockquote>',
    ],
    [{ exact: 'a\nb', state: 'moved', original: 'a b' }, '<blockquote class="passage" dir="auto">a\nb</blockquote>'],
    [
      { exact: 'the new bridge', state: 'fuzzy', original: 'the old bridge' },
      '<blockquote class="passage" dir="auto">the new bridge</blockquote><p class="note">The article changed since. Marked was: <q dir="auto">the old bridge</q></p>',
    ],
    [
      { exact: 'the old bridge', state: 'orphaned' },
      '<p class="note">The article changed since: these words are no longer in the article.</p>',
    ],
    [
      { exact: 'the old bridge', state: 'anchored', prompt: 'Did you cross it?' },
      '<p class="prompt" dir="auto">Did you cross it?</p><blockquote class="passage" dir="auto">the old bridge</blockquote>',
    ],
  ])('quotes %j above the comment and says what became of it', (quote, expected) => {
    const html = page({ comments: [comment('c1', { quote })] });
    const [article = ''] = /<article id="comment-c1">[^]*<\/article>/.exec(html) ?? [];
    expect(article).toContain(`</header>\n`);
    expect(article).toContain(`${expected}\n<div class="body"`);
    if (quote.state === 'anchored' || quote.state === 'moved') expect(article).not.toContain('changed');
  });

  it('shows what editors ask, answered or not', () => {
    const quote = { exact: 'the old bridge', state: 'anchored', prompt: 'Did you cross it?' } as const;
    const html = page({
      questions: [
        { quote, open: true, commentCount: 0 },
        { quote, open: false, commentCount: 1 },
      ],
    });
    expect(html).toContain('<h2>Questions to readers</h2>');
    expect(html.match(/Did you cross it\?/g)).toHaveLength(2);
    expect(html).toContain('<p class="note">0 comments</p>');
    expect(html).toContain('<p class="note">1 comment · closed</p>');
    expect(page()).not.toContain('<section>');
  });

  it('escapes every text that is not rendered html', () => {
    const evil = `"'><script>alert(1)</script>&amp;`;
    const quoteOf = (text: string): QuotedPassage => ({ exact: text, state: 'fuzzy', original: text, prompt: text });
    const html = page({
      siteName: evil,
      lang: evil,
      title: evil,
      url: `https://a.example/${evil}`,
      pageUrl: evil,
      feedUrl: evil,
      nextCursor: evil,
      questions: [{ quote: quoteOf(evil), open: false, commentCount: 1 }],
      comments: [
        comment(evil, { authorName: evil, html: '', more: { count: 1, href: evil }, quote: quoteOf(evil) }),
        { id: evil, status: 'removed', replies: [] },
      ],
    });
    expect(html).not.toContain('<script');
    const names = new Set(elementsOf(html).flatMap(({ name, attributes }) => [name, ...Object.keys(attributes)]));
    const plain = page({
      nextCursor: 'x',
      questions: [{ quote: quoteOf('a'), open: false, commentCount: 1 }],
      comments: [
        comment('a', { more: { count: 1, href: '/' }, quote: quoteOf('a') }),
        { id: 'b', status: 'removed', replies: [] },
      ],
    });
    expect(names).toEqual(
      new Set(elementsOf(plain).flatMap(({ name, attributes }) => [name, ...Object.keys(attributes)])),
    );
  });

  it('is well nested and free of scripts for any tree', () => {
    const tree = (depth: number): fc.Arbitrary<ThreadPageItem> => {
      const replies = fc.array<ThreadPageItem>(depth === 0 ? fc.constant(comment('leaf')) : tree(depth - 1), {
        maxLength: 3,
      });
      const status = fc.constantFrom('deleted' as const, 'removed' as const);
      return fc.oneof(
        fc.record({ id: fc.uuid(), authorName: fc.string({ unit: 'binary' }), replies }).map((c) => comment(c.id, c)),
        fc.record({ id: fc.uuid(), status, replies }),
      );
    };
    fc.assert(
      fc.property(fc.array(tree(2), { maxLength: 4 }), fc.string({ unit: 'binary' }), (comments, title) => {
        const elements = elementsOf(page({ comments, title }));
        const count = (items: ThreadPageItem[]): number =>
          items.reduce((sum, each) => sum + 1 + count(each.replies), 0);
        expect(elements.filter(({ name }) => name === 'article')).toHaveLength(count(comments));
        expect(
          elements.some(
            ({ name, attributes }) => name === 'script' || Object.keys(attributes).some((key) => key.startsWith('on')),
          ),
        ).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('permits its style by hash and nothing else', () => {
    const style = /<style>([^]*?)<\/style>/.exec(page())?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(THREAD_PAGE_CSP).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'self'`);
    expect(page()).not.toMatch(/ style=/);
  });
});

import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { renderAtomFeed, type FeedEntryView, type FeedView } from './atom-feed.js';

const ID = '019aa000-0000-7000-8000-00000000000';

const entry = (change: Partial<FeedEntryView> = {}): FeedEntryView => ({
  id: `${ID}1`,
  parentId: null,
  authorName: 'Ada',
  html: '<p>Tom &amp; <em>Jerry</em></p>\n',
  createdAt: new Date('2026-11-22T14:22:00.123Z'),
  editedAt: null,
  url: `https://postil.example/t/gazette/bridge#comment-${ID}1`,
  parentUrl: null,
  ...change,
});

const feed = (change: Partial<FeedView> = {}): string =>
  renderAtomFeed({
    id: `${ID}0`,
    lang: 'en',
    siteName: 'The Gazette',
    title: 'A bridge opens',
    url: 'https://gazette.example/bridge',
    feedUrl: 'https://postil.example/t/gazette/bridge.atom',
    updatedAt: new Date('2026-11-22T15:00:00Z'),
    entries: [entry()],
    ...change,
  });

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Element[];
}

/** Closed in themselves; everything else must have an end tag. */
const EMPTY_ELEMENTS = ['link', 'thr:in-reply-to'];

/** Reads it as XML; throws where tags do not match. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  let endTags = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = { name, attributes, text: '', children: [] };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(text) {
        const element = open.at(-1);
        if (element !== undefined) element.text += text;
      },
      onclosetag(name, implied) {
        if (open.pop()?.name !== name || implied !== EMPTY_ELEMENTS.includes(name))
          throw new Error(`</${name}> is astray`);
        if (!implied) endTags++;
      },
      oncomment: () => {
        throw new Error('a comment');
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  // The parser passes over end tags that close nothing.
  if (endTags !== xml.split('</').length - 1) throw new Error('an end tag too many');
  return root.children.find(({ name }) => name === 'feed') ?? root;
}

const all = (element: Element, name: string): Element[] => element.children.filter((child) => child.name === name);
const text = (element: Element | undefined, name: string): string | undefined => element && all(element, name)[0]?.text;
const entriesOf = (xml: string): Element[] => all(parse(xml), 'entry');

/** What RFC 4287 (4.1.1, 4.1.2) asks of every feed and entry. */
function expectAtom(xml: string): void {
  const root = parse(xml);
  expect(xml.startsWith('<?xml version="1.0" encoding="utf-8"?>\n<feed ')).toBe(true);
  expect(root.attributes['xmlns']).toBe('http://www.w3.org/2005/Atom');
  for (const element of [root, ...all(root, 'entry')]) {
    for (const name of ['id', 'title', 'updated']) expect(all(element, name)).toHaveLength(1);
    expect(text(element, 'id')).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(text(element, 'updated')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
  expect(all(root, 'link').map(({ attributes }) => attributes['rel'])).toEqual(['self', 'alternate']);
  for (const each of all(root, 'entry')) {
    expect(all(each, 'author')).toHaveLength(1);
    expect(all(each, 'content')[0]?.attributes).toEqual({ type: 'html' });
    expect(all(each, 'link').map(({ attributes }) => attributes['rel'])).toEqual(['alternate']);
  }
}

describe('renderAtomFeed', () => {
  it('says what the thread and the comment are', () => {
    const xml = feed();
    expectAtom(xml);
    const root = parse(xml);
    expect(text(root, 'id')).toBe(`urn:uuid:${ID}0`);
    expect(text(root, 'title')).toBe('Comments on A bridge opens');
    expect(text(root, 'subtitle')).toBe('The Gazette');
    expect(text(root, 'updated')).toBe('2026-11-22T15:00:00.000Z');
    expect(root.attributes['xml:lang']).toBe('en');
    expect(all(root, 'link').map(({ attributes }) => attributes['href'])).toEqual([
      'https://postil.example/t/gazette/bridge.atom',
      'https://gazette.example/bridge',
    ]);
    const [only] = entriesOf(xml);
    expect(text(only, 'id')).toBe(`urn:uuid:${ID}1`);
    expect(text(only, 'title')).toBe('Comment by Ada on A bridge opens');
    expect(text(only, 'published')).toBe('2026-11-22T14:22:00.123Z');
    expect(text(only, 'updated')).toBe('2026-11-22T14:22:00.123Z');
    expect(
      text(
        only?.children.find(({ name }) => name === 'author'),
        'name',
      ),
    ).toBe('Ada');
    expect(text(only, 'content')).toBe('<p>Tom &amp; <em>Jerry</em></p>\n');
  });

  it('updates an entry when it is edited, and keeps its id', () => {
    const [edited] = entriesOf(feed({ entries: [entry({ editedAt: new Date('2026-11-22T14:30:00Z') })] }));
    expect(text(edited, 'updated')).toBe('2026-11-22T14:30:00.000Z');
    expect(text(edited, 'published')).toBe('2026-11-22T14:22:00.123Z');
    expect(text(edited, 'id')).toBe(`urn:uuid:${ID}1`);
  });

  it('says what a reply answers', () => {
    const xml = feed({ entries: [entry({ parentId: `${ID}2`, parentUrl: 'https://p.example/#comment-2' })] });
    expect(parse(xml).attributes['xmlns:thr']).toBe('http://purl.org/syndication/thread/1.0');
    expect(entriesOf(xml).flatMap((each) => all(each, 'thr:in-reply-to'))[0]?.attributes).toEqual({
      ref: `urn:uuid:${ID}2`,
      href: 'https://p.example/#comment-2',
      type: 'text/html',
    });
  });

  it('says nothing of the sort of a root comment, and only the id where the parent has no page', () => {
    const [root, reply] = entriesOf(feed({ entries: [entry(), entry({ parentId: `${ID}2` })] }));
    expect(root && all(root, 'thr:in-reply-to')).toEqual([]);
    expect(reply && all(reply, 'thr:in-reply-to')[0]?.attributes).toEqual({ ref: `urn:uuid:${ID}2` });
  });

  it('quotes the passage before what is said of it, escaped once as html and once as xml', () => {
    const quote = { exact: 'a <b> & c', state: 'orphaned' } as const;
    const [only] = entriesOf(feed({ entries: [entry({ quote })] }));
    expect(text(only, 'content')).toBe(
      '<blockquote class="passage" dir="auto">a &lt;b&gt; &amp; c</blockquote>' +
        '<p class="note">The article changed since: these words are no longer in the article.</p>\n' +
        '<p>Tom &amp; <em>Jerry</em></p>\n',
    );
  });

  it('is a feed without comments, too', () => {
    const xml = feed({ entries: [] });
    expectAtom(xml);
    expect(entriesOf(xml)).toEqual([]);
  });

  it('carries the first 50', () => {
    const xml = feed({ entries: Array.from({ length: 60 }, (_, i) => entry({ authorName: `reader ${i}` })) });
    expect(entriesOf(xml)).toHaveLength(50);
    expect(text(entriesOf(xml)[49], 'title')).toBe('Comment by reader 49 on A bridge opens');
  });

  it('strips what XML forbids', () => {
    const [only] = entriesOf(
      feed({ entries: [entry({ authorName: 'A\0\u0001\u000b\u001f\ufffe\uffff\ud800d\ta😀' })] }),
    );
    expect(
      text(
        only?.children.find(({ name }) => name === 'author'),
        'name',
      ),
    ).toBe('Ad\ta😀');
  });

  it('stays well-formed and gives back every text, whatever they hold', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(`]]>"'><x a="&amp;`, '<!-- -->', '<?x?>', '&#0;', '</entry>'),
    );
    const allowed = (value: string): string =>
      value.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
    fc.assert(
      fc.property(any, any, any, (title, authorName, html) => {
        const xml = feed({
          title,
          siteName: title,
          lang: title,
          entries: [entry({ authorName, html, parentId: `${ID}2`, parentUrl: html })],
        });
        expectAtom(xml);
        const [only] = entriesOf(xml);
        expect(text(only, 'content')).toBe(allowed(html));
        expect(text(only, 'title')).toBe(`Comment by ${allowed(authorName)} on ${allowed(title)}`);
        expect(parse(xml).attributes['xml:lang']).toBe(allowed(title));
        expect(xml).toBe(allowed(xml));
      }),
      { numRuns: 500 },
    );
  });
});

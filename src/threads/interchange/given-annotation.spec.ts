import { annotationsIn } from './annotations-in.js';
import { readAnnotation, type GivenAnnotation } from './given-annotation.js';
import { parentsFirst } from './parents-first.js';
import { isRefusal } from './refusals.js';
import { sameArticle } from './same-article.js';

const QUOTE = { type: 'TextQuoteSelector', exact: 'some words', prefix: 'before ', suffix: ' after' };
const ANNOTATION = {
  id: 'https://notes.example/1',
  type: 'Annotation',
  body: { type: 'TextualBody', value: 'Text' },
  target: { source: 'https://news.example/a', selector: QUOTE },
};

function read(change: object): GivenAnnotation {
  const given = readAnnotation({ ...ANNOTATION, ...change });
  if (isRefusal(given)) throw new Error(given.code);
  return given;
}

describe('readAnnotation', () => {
  it.each([
    ['a name', { name: 'Grace', nickname: 'g' }, 'Grace'],
    ['several names', { name: ['Grace', 'G.'] }, 'Grace'],
    ['a nickname', { type: 'Person', nickname: 'g' }, 'g'],
    ['an account', 'acct:grace@notes.example', 'grace'],
    ['an address', 'https://notes.example/users/gr%C3%A1ce/', 'gráce'],
    ['several creators', [{ name: 'Grace' }, { name: 'Ada' }], 'Grace'],
    ['a mail address, which is never shown', 'mailto:grace@notes.example', 'Anonymous'],
    ['a name that cannot be seen', { id: 'acct:g@notes.example', name: ' \u200b' }, 'g'],
    ['a name too long', { name: 'x'.repeat(100) }, 'x'.repeat(80)],
    ['nobody', undefined, 'Anonymous'],
  ])('takes from %s who wrote it', (_what, creator, name) => {
    expect(read({ creator }).creator.name).toBe(name);
  });

  it('tells people of one name apart by their ids', () => {
    const keys = ['acct:a@x.example', 'acct:a@y.example'].map((id) => read({ creator: { id, name: 'A' } }).creator.key);
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    ['text without a format', { body: { value: '*a*\n1. b' } }, '\\*a\\*\n1\\. b'],
    ['Markdown', { body: { value: '*a*', format: 'text/markdown' } }, '*a*'],
    ['html', { body: { value: '<em>a</em>', format: 'text/html; charset=utf-8' } }, '*a*'],
    ['a bodyValue', { body: undefined, bodyValue: 'a' }, 'a'],
    [
      'bodies that are texts',
      { body: [{ value: 'a' }, 'https://b.example', { value: 'c', purpose: 'describing' }] },
      'a\n\nc',
    ],
    ['bodies that are no tags', { body: [{ value: 'a' }, { value: 'b', purpose: 'tagging' }] }, 'a'],
  ])('takes %s as Markdown', (_what, change, markdown) => {
    expect(read(change).markdown).toBe(markdown);
  });

  it.each([
    ['as it stands', QUOTE],
    ['among others', [{ type: 'CssSelector', value: 'p' }, QUOTE]],
    ['refining another', { type: 'FragmentSelector', value: 'a', refinedBy: { ...QUOTE } }],
  ])('finds the quote %s', (_what, selector) => {
    const { words } = read({ target: { source: 'https://news.example/a', selector } }).target;
    expect(words?.selectors.quote).toEqual({ exact: 'some words', prefix: 'before ', suffix: ' after' });
  });

  it('takes a position only where it counts in the article', () => {
    const position = { type: 'TextPositionSelector', start: 3, end: 9 };
    const of = (selector: object) =>
      read({ target: { source: 'https://a.example', selector } }).target.words?.selectors.position;
    expect(of([QUOTE, position])).toEqual({ start: 3, end: 9 });
    expect(of([QUOTE, { type: 'XPathSelector', value: '/p[1]', refinedBy: position }])).toBeUndefined();
    expect(of([QUOTE, { ...position, start: 'x' }])).toBeUndefined();
  });

  it.each([
    ['2024-05-06T07:08:09Z', '2024-05-06T07:08:09.000Z'],
    ['2024-05-06T07:08:09.123456+02:00', '2024-05-06T05:08:09.123Z'],
    ['9999-01-01T00:00:00Z', undefined],
    ['0044-03-15T00:00:00Z', undefined],
    ['soon', undefined],
    [17, undefined],
  ])('of the time %s takes what can be', (created, taken) => {
    expect(read({ created }).created?.toISOString()).toBe(taken);
  });

  it.each([
    null,
    [],
    'x',
    {},
    { type: 'Annotation' },
    { ...ANNOTATION, body: { value: { deep: true } } },
    { ...ANNOTATION, target: null },
    { ...ANNOTATION, target: { source: {}, selector: [null, 7, { type: 'TextQuoteSelector' }] } },
    { ...ANNOTATION, id: 'a\0b' },
    { ...ANNOTATION, id: '\ud800' },
  ])('refuses %j, and does not fall over it', (given) => {
    expect(isRefusal(readAnnotation(given))).toBe(true);
  });
});

describe('annotationsIn', () => {
  it.each([
    ['one', ANNOTATION],
    ['a list', [ANNOTATION]],
    ['a page', { type: 'AnnotationPage', items: [ANNOTATION] }],
    ['a collection', { type: ['AnnotationCollection'], first: { type: 'AnnotationPage', items: [ANNOTATION] } }],
    ['rows', { rows: [ANNOTATION] }],
  ])('finds %s', (_what, document) => {
    expect(annotationsIn(document)).toEqual([ANNOTATION]);
  });

  it.each([[undefined], ['x'], [7], [{}], [{ type: 'Person' }]])('refuses %j', (document) => {
    expect(() => annotationsIn(document)).toThrow('Send an Annotation');
  });

  it('knows one of Hypothesis by itself, of a server of its own too', () => {
    const row = { id: 'b', user: 'acct:a@h.example', uri: 'https://news.example/a', text: 'x', references: ['r', 'p'] };
    const [one] = annotationsIn({ ...row, links: { html: 'https://h.example/a/b' } });
    expect(one).toMatchObject({
      id: 'https://h.example/a/b',
      target: ['https://h.example/a/p', 'https://h.example/a/r'],
    });
  });
});

describe('sameArticle', () => {
  it.each([
    ['https://news.example/a', 'http://www.news.example/a/?utm_source=x#top', true],
    ['https://news.example/a?id=1&b=2', 'https://news.example/a?b=2&id=1&fbclid=z', true],
    ['https://news.example', 'https://news.example/', true],
    ['https://news.example/a?id=1', 'https://news.example/a?id=2', false],
    ['https://news.example/a', 'https://news.example/b', false],
    ['https://news.example/a', 'https://other.example/a', false],
    ['urn:x-pdf:1', 'urn:x-pdf:1', false],
    ['', '', false],
  ])('of %s and %s: %s', (one, other, same) => {
    expect(sameArticle(one, other)).toBe(same);
  });
});

describe('parentsFirst', () => {
  const item = (sourceId: string, ...replyTo: string[]) => ({ sourceId, replyTo });
  const order = (...items: ReturnType<typeof item>[]) => parentsFirst(items).map(({ sourceId }) => sourceId);

  it('puts what replies after what it replies to, and else keeps the order', () => {
    expect(order(item('c', 'b'), item('x'), item('b', 'a'), item('a'))).toEqual(['a', 'b', 'c', 'x']);
    expect(order(item('b', 'gone', 'a'), item('a'))).toEqual(['a', 'b']);
  });

  it('takes the first of one id, and ends where replies go in a circle', () => {
    expect(order(item('a'), item('a', 'b'))).toEqual(['a']);
    expect(order(item('a', 'b'), item('b', 'a'), item('c', 'c')).sort()).toEqual(['a', 'b', 'c']);
  });

  it('takes chains of any length', () => {
    const chain = Array.from({ length: 20_000 }, (_, n) => item(`${n}`, `${n + 1}`));
    expect(order(...chain)[0]).toBe('19999');
  });
});

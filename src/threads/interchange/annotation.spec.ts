import { json, missingSchemas, WebAnnotationSchemas } from '../../../test/support/web-annotation.js';
import { annotationDocument, collectionDocument, pageDocument } from './annotation-collection.js';
import {
  annotationOfComment,
  annotationOfQuestion,
  type AnnotatedPassage,
  type AnnotatingComment,
  type AnnotationPlaces,
} from './annotation.js';

const PLACES: AnnotationPlaces = {
  source: 'https://news.example/a%20b?c=d',
  siteName: 'The News',
  annotation: (id) => `https://comments.example/api/v1/annotations/${id}`,
};
const ID = {
  passage: '019aab2e-5d0f-7c05-9d9c-0f5b6e1f4d11',
  comment: '019aab2e-5d0f-7c05-9d9c-0f5b6e1f4d12',
  reply: '019aab2e-5d0f-7c05-9d9c-0f5b6e1f4d13',
  reader: '019aab2e-5d0f-7c05-9d9c-0f5b6e1f4d14',
};
const AT = new Date('2026-03-01T10:00:00.123Z');
const LATER = new Date('2026-03-02T10:00:00.123Z');

const SELECTION: AnnotatedPassage = {
  id: ID.passage,
  siteId: ID.passage,
  threadId: ID.passage,
  kind: 'selection',
  prompt: null,
  closed: false,
  state: 'anchored',
  score: 1,
  original: 'the 🦊 fox',
  markedIn: 1,
  stoodIn: 2,
  exact: 'the 🦊 fox',
  prefix: 'once ',
  suffix: ' ran',
  startAt: 5,
  endAt: 15,
  commentCount: 2,
  createdAt: AT,
  changedAt: AT,
  stoodAt: AT,
  via: null,
};
const QUESTION: AnnotatedPassage = { ...SELECTION, kind: 'question', prompt: 'Why a fox?' };
const COMMENT: AnnotatingComment = {
  id: ID.comment,
  parentId: null,
  passageId: ID.passage,
  authorId: ID.reader,
  authorName: 'Ada',
  html: '<p>Why <em>not</em>?</p>\n',
  createdAt: AT,
  editedAt: null,
  via: null,
};
const REPLY: AnnotatingComment = { ...COMMENT, id: ID.reply, parentId: ID.comment };

describe('an annotation', () => {
  it('of a comment names its words by two selectors, in the text that was published then', () => {
    expect(annotationOfComment(COMMENT, SELECTION, PLACES)).toEqual({
      id: PLACES.annotation(ID.comment),
      type: 'Annotation',
      motivation: 'commenting',
      created: '2026-03-01T10:00:00.123Z',
      creator: { id: `urn:uuid:${ID.reader}`, type: 'Person', name: 'Ada' },
      body: { type: 'TextualBody', value: COMMENT.html, format: 'text/html', purpose: 'commenting' },
      target: {
        type: 'SpecificResource',
        source: PLACES.source,
        selector: [
          { type: 'TextQuoteSelector', exact: 'the 🦊 fox', prefix: 'once ', suffix: ' ran' },
          { type: 'TextPositionSelector', start: 5, end: 15 },
        ],
        state: { type: 'TimeState', sourceDate: '2026-03-01T10:00:00.123Z' },
        'postil:revision': 2,
        'postil:state': 'anchored',
      },
    });
  });

  it('of a reply targets the annotation that it answers', () => {
    const { motivation, target } = annotationOfComment(REPLY, SELECTION, PLACES);
    expect([motivation, target]).toEqual(['replying', PLACES.annotation(ID.comment)]);
  });

  it('of an answer to a question targets the question', () => {
    const { motivation, target } = annotationOfComment(COMMENT, QUESTION, PLACES);
    expect([motivation, target]).toEqual(['replying', PLACES.annotation(ID.passage)]);
  });

  it('of a question is asked by the site, and says whether it takes answers', () => {
    const closed = annotationOfQuestion({ ...QUESTION, closed: true, changedAt: LATER }, PLACES);
    expect(closed).toMatchObject({
      motivation: 'questioning',
      modified: '2026-03-02T10:00:00.123Z',
      creator: { type: 'Organization', name: 'The News' },
      body: { value: 'Why a fox?', format: 'text/plain', purpose: 'questioning' },
      'postil:open': false,
    });
    expect(closed.target).toMatchObject({ type: 'SpecificResource' });
  });

  it('of an orphan has the words as they stood last, of the text then, and says so', () => {
    const orphan: AnnotatedPassage = { ...SELECTION, state: 'orphaned', exact: 'the fox', stoodAt: LATER, stoodIn: 7 };
    expect(annotationOfComment(COMMENT, orphan, PLACES).target).toMatchObject({
      selector: [{ exact: 'the fox' }, {}],
      state: { type: 'TimeState', sourceDate: '2026-03-02T10:00:00.123Z' },
      'postil:revision': 7,
      'postil:state': 'orphaned',
      'postil:original': 'the 🦊 fox',
    });
  });

  it('says where it was imported from, by an address alone', () => {
    const from = (via: string) => annotationOfComment({ ...COMMENT, via }, SELECTION, PLACES).via;
    expect(from('https://hypothes.is/a/x')).toBe('https://hypothes.is/a/x');
    expect(from('no address')).toBeUndefined();
    // What may stand for a person is not shown.
    expect(from('urn:sha256:00ff')).toBeUndefined();
    expect(from('mailto:ada@example.org')).toBeUndefined();
  });

  const edited = { ...COMMENT, editedAt: LATER, via: 'https://hypothes.is/a/x' };
  const orphaned: AnnotatedPassage = { ...SELECTION, state: 'orphaned', original: 'a fox' };
  const all = [
    ['a comment', annotationOfComment(COMMENT, SELECTION, PLACES)],
    ['an edited, imported one on an orphan', annotationOfComment(edited, orphaned, PLACES)],
    ['a reply', annotationOfComment(REPLY, SELECTION, PLACES)],
    ['an answer', annotationOfComment(COMMENT, QUESTION, PLACES)],
    ['a question', annotationOfQuestion(QUESTION, PLACES)],
  ] as const;
  const COLLECTION = { id: 'https://comments.example/c.jsonld', label: 'Inline feedback on X' };
  const page = (items: readonly (typeof all)[number][1][]) => ({
    id: 'https://comments.example/c.jsonld?cursor=x',
    next: 'https://comments.example/c.jsonld?cursor=y',
    startIndex: 0,
    items: [...items],
  });

  const name = missingSchemas === undefined ? '' : ` (SKIPPED: no schemas in ${missingSchemas})`;
  (missingSchemas === undefined ? describe : describe.skip)(`by the schemas of the W3C${name}`, () => {
    let schemas: WebAnnotationSchemas;
    beforeAll(() => {
      schemas = new WebAnnotationSchemas();
    });

    it.each(all)('%s is valid', (_what, annotation) => {
      expect(schemas.annotationProblems(annotationDocument(annotation))).toEqual([]);
    });

    it("the W3C's own sample is valid, and one that is spoilt is not", () => {
      const sample = json('samples/anno26.json') as Record<string, unknown>;
      expect(schemas.annotationProblems(sample)).toEqual([]);
      expect(schemas.annotationProblems({ ...sample, target: undefined }).join()).toContain('3.1-targetKeyFound');
      const selector = { type: 'TextQuoteSelector', prefix: 'no words' };
      const spoilt = { ...sample, target: { source: 'https://a.example', selector } };
      expect(schemas.annotationProblems(spoilt).join()).toContain('4.2.4-textQuoteSelectorValid');
    });

    it.each([[0], [all.length]])('a collection of %d is valid', (count) => {
      const document = collectionDocument(
        { ...COLLECTION, total: count },
        page(all.slice(0, count).map(([, one]) => one)),
      );
      expect(
        schemas.collectionProblems(document, [
          'annotationCollectionTypeValueFound',
          'labelFound',
          'totalFound',
          'firstValidIfPresent',
          'firstFound',
          'firstRequiredIfTotalMoreThanZero',
        ]),
      ).toEqual([]);
      expect(schemas.collectionProblems(document['@context'], ['contextValueInArrayFound'])).toEqual([]);
    });

    it('a page is valid', () => {
      const document = pageDocument({ ...COLLECTION, total: 9 }, page(all.map(([, annotation]) => annotation)));
      const needed = ['annotationPageTypeValueFound', 'nextFound', 'startIndexFound', 'itemsFound', 'partOfFound'];
      expect(schemas.collectionProblems(document, needed)).toEqual([]);
    });
  });
});

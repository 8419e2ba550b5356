import type { PassageRow, TextPositionSelectorView, TextQuoteSelectorView } from '../passages/passage.view.js';

/** The media type of W3C Web Annotations, as their protocol asks for it. */
export const ANNOTATION_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';

/** The vocabulary is the W3C's; what it has no word for is ours, under a name of its own. */
export const CONTEXT = ['http://www.w3.org/ns/anno.jsonld', { postil: 'urn:postil:ns:' }] as const;

/** A published comment on a passage. */
export interface AnnotatingComment {
  id: string;
  parentId: string | null;
  passageId: string;
  authorId: string;
  authorName: string;
  html: string;
  createdAt: Date;
  editedAt: Date | null;
  /** The annotation that it was imported from. */
  via: string | null;
}

/** A passage with the times that an annotation tells. */
export interface AnnotatedPassage extends PassageRow {
  createdAt: Date;
  changedAt: Date;
  /** When the revision that its selectors are of was published. */
  stoodAt: Date;
  via: string | null;
}

/** Where things are found, absolute. */
export interface AnnotationPlaces {
  /** The article. */
  source: string;
  siteName: string;
  annotation: (id: string) => string;
}

export interface Annotation {
  id: string;
  type: 'Annotation';
  motivation: 'commenting' | 'questioning' | 'replying';
  created: string;
  modified?: string;
  creator: { id?: string; type: 'Person' | 'Organization'; name: string };
  via?: string;
  body: { type: 'TextualBody'; value: string; format: 'text/html' | 'text/plain'; purpose: string };
  target: string | PassageTarget;
  /** Of a question: whether it takes answers. */
  'postil:open'?: boolean;
}

/** The words of the article, by both selectors: either of them names the same part. */
export interface PassageTarget {
  type: 'SpecificResource';
  source: string;
  selector: (TextQuoteSelectorView | TextPositionSelectorView)[];
  /** The selectors are of the text that was published then: for an orphan that is not the newest. */
  state: { type: 'TimeState'; sourceDate: string };
  'postil:revision': number;
  'postil:state': PassageRow['state'];
  /** As the words were marked; only where they read otherwise now. */
  'postil:original'?: string;
}

/** A comment as an annotation of its passage. What answers a comment or a question replies to that one's annotation. */
export function annotationOfComment(
  comment: AnnotatingComment,
  passage: AnnotatedPassage,
  places: AnnotationPlaces,
): Annotation {
  const answered = comment.parentId ?? (passage.kind === 'question' ? passage.id : null);
  const motivation = answered === null ? 'commenting' : 'replying';
  return {
    id: places.annotation(comment.id),
    type: 'Annotation',
    motivation,
    created: comment.createdAt.toISOString(),
    ...(comment.editedAt ? { modified: comment.editedAt.toISOString() } : {}),
    creator: { id: `urn:uuid:${comment.authorId}`, type: 'Person', name: comment.authorName },
    ...via(comment.via),
    body: { type: 'TextualBody', value: comment.html, format: 'text/html', purpose: motivation },
    target: answered === null ? targetOf(passage, places) : places.annotation(answered),
  };
}

/** An editor's question. */
export function annotationOfQuestion(question: AnnotatedPassage, places: AnnotationPlaces): Annotation {
  const modified = question.changedAt > question.createdAt ? { modified: question.changedAt.toISOString() } : {};
  return {
    id: places.annotation(question.id),
    type: 'Annotation',
    motivation: 'questioning',
    created: question.createdAt.toISOString(),
    ...modified,
    creator: { type: 'Organization', name: places.siteName },
    ...via(question.via),
    body: { type: 'TextualBody', value: question.prompt ?? '', format: 'text/plain', purpose: 'questioning' },
    target: targetOf(question, places),
    'postil:open': !question.closed,
  };
}

function targetOf(passage: AnnotatedPassage, { source }: AnnotationPlaces): PassageTarget {
  const { exact, prefix, suffix, startAt: start, endAt: end, original } = passage;
  return {
    type: 'SpecificResource',
    source,
    selector: [
      { type: 'TextQuoteSelector', exact, prefix, suffix },
      { type: 'TextPositionSelector', start, end },
    ],
    state: { type: 'TimeState', sourceDate: passage.stoodAt.toISOString() },
    'postil:revision': passage.stoodIn,
    'postil:state': passage.state,
    ...(original === exact ? {} : { 'postil:original': original }),
  };
}

/** Only what is an address: an identifier of another form would make the annotation invalid. */
/** Addresses of the web alone: another id may stand for a person. */
function via(source: string | null): { via?: string } {
  return source !== null && /^https?:/i.test(source) && URL.canParse(source) ? { via: source } : {};
}

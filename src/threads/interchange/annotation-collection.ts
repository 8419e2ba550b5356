import { CONTEXT, type Annotation } from './annotation.js';

/** Annotations in a row, from `startIndex` on. */
export interface AnnotationPage {
  id: string;
  type: 'AnnotationPage';
  startIndex: number;
  next?: string;
  items: Annotation[];
}

/** One page, and where it and the next one are found. */
export interface PageParts {
  items: Annotation[];
  startIndex: number;
  id: string;
  next: string | null;
}

function annotationPage({ id, startIndex, next, items }: PageParts): AnnotationPage {
  return { id, type: 'AnnotationPage', startIndex, ...(next === null ? {} : { next }), items };
}

/** The whole of a thread: how many there are, and the first page of them. */
export function collectionDocument(collection: { id: string; label: string; total: number }, first: PageParts) {
  const { id, label, total } = collection;
  return { '@context': CONTEXT, id, type: 'AnnotationCollection', label, total, first: annotationPage(first) };
}

/** A later page, by itself. */
export function pageDocument(collection: { id: string; label: string; total: number }, page: PageParts) {
  const { id, label, total } = collection;
  const partOf = { id, type: 'AnnotationCollection', label, total };
  return { '@context': CONTEXT, ...annotationPage(page), partOf };
}

/** One annotation by itself. */
export function annotationDocument(annotation: Annotation) {
  return { '@context': CONTEXT, ...annotation };
}

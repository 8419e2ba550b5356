import { invalidField } from '../../platform/errors.js';
import { fromHypothesis, isHypothesis } from './hypothesis.js';
import { isRecord, list, text, typesOf } from './json.js';

export const MAX_ANNOTATIONS = 1_000;

/**
 * The annotations of a document, in its order: one, a list of them, a page, a collection with its first page in it, or
 * what the search of Hypothesis answers. Those of Hypothesis come out as W3C Web Annotations; nothing else is looked at.
 * @throws validation
 */
export function annotationsIn(document: unknown): unknown[] {
  const found = itemsOf(document);
  if (found === undefined) {
    const detail =
      'Send an Annotation, an AnnotationPage, an AnnotationCollection, a list of annotations or `{"rows": [...]}`.';
    throw invalidField('', detail);
  }
  if (found.length > MAX_ANNOTATIONS) {
    throw invalidField('', `At most ${MAX_ANNOTATIONS} annotations are taken at once; these are ${found.length}.`);
  }
  return found.map((item) => (isHypothesis(item) ? fromHypothesis(item) : item));
}

function itemsOf(document: unknown): unknown[] | undefined {
  if (Array.isArray(document)) return document;
  if (!isRecord(document)) return undefined;
  if (Array.isArray(document.rows)) return document.rows;
  const types = typesOf(document);
  if (types.includes('AnnotationPage')) return list(document.items);
  if (types.includes('AnnotationCollection')) {
    if (text(document.first) !== undefined)
      throw invalidField('/first', 'Send the pages of the collection themselves.');
    return isRecord(document.first) ? list(document.first.items) : list(document.items);
  }
  return types.includes('Annotation') || isHypothesis(document) ? [document] : undefined;
}

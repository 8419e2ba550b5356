import type { OpenAPIObject } from '@nestjs/swagger';

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** For the API document. The W3C's model is open: more properties may stand anywhere. */
const context: SchemaObject = {
  type: 'array',
  items: {},
  description: 'http://www.w3.org/ns/anno.jsonld, and our terms',
};

/** https://www.w3.org/TR/annotation-model/#annotations */
export const ANNOTATION_SCHEMA: SchemaObject = {
  type: 'object',
  description: 'A W3C Web Annotation.',
  required: ['id', 'type', 'motivation', 'created', 'creator', 'body', 'target'],
  properties: {
    '@context': context,
    id: { type: 'string', format: 'uri' },
    type: { type: 'string', enum: ['Annotation'] },
    motivation: { type: 'string', enum: ['commenting', 'questioning', 'replying'] },
    created: { type: 'string', format: 'date-time' },
    modified: { type: 'string', format: 'date-time' },
    creator: { type: 'object', additionalProperties: true, description: 'Who wrote it: a Person, or an Organization.' },
    via: { type: 'string', format: 'uri', description: 'The annotation that it was imported from.' },
    body: { type: 'object', additionalProperties: true, description: 'A TextualBody: safe html, or plain text.' },
    target: {
      oneOf: [
        { type: 'string', format: 'uri', description: 'The annotation that it replies to.' },
        { type: 'object', additionalProperties: true, description: 'A SpecificResource: words of the article.' },
      ],
    },
    'postil:open': { type: 'boolean', description: 'Of a question: whether it takes answers.' },
  },
};

/** https://www.w3.org/TR/annotation-model/#collections */
export const COLLECTION_SCHEMA: SchemaObject = {
  type: 'object',
  description: 'An AnnotationCollection whose `first` page is in it, or with `cursor` an AnnotationPage by itself.',
  required: ['@context', 'id', 'type'],
  properties: {
    '@context': context,
    id: { type: 'string', format: 'uri' },
    type: { type: 'string', enum: ['AnnotationCollection', 'AnnotationPage'] },
    label: { type: 'string' },
    total: { type: 'integer' },
    first: { type: 'object', additionalProperties: true, description: 'An AnnotationPage.' },
    partOf: { type: 'object', additionalProperties: true, description: 'Of a page: the collection.' },
    startIndex: { type: 'integer', description: 'Of a page: how many annotations stand before it.' },
    next: { type: 'string', format: 'uri', description: 'Of a page: the next one.' },
    items: { type: 'array', items: ANNOTATION_SCHEMA },
  },
};

/** What is imported. It is read leniently: nothing of what others write is required but what the import needs. */
export const DOCUMENT_SCHEMA: SchemaObject = {
  description:
    'An Annotation, an AnnotationPage, an AnnotationCollection with its first page in it, a list of annotations, or what ' +
    'the search of Hypothesis answers (`{"rows": [...]}`); at most 1,000 annotations.',
  oneOf: [
    { type: 'object', additionalProperties: true },
    { type: 'array', items: { type: 'object', additionalProperties: true }, maxItems: 1_000 },
  ],
};

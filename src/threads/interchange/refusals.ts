/** Why an annotation is not imported. The codes are stable; docs/inline-feedback.md lists them, and a test compares. */
export const REFUSALS = {
  'not-an-annotation': 'This is neither a W3C Web Annotation nor an annotation as Hypothesis exports it.',
  'bad-id': 'Its id is empty, longer than 2,000 bytes, or holds characters that are not text.',
  'not-public': 'Where it comes from, not everybody may read it.',
  hidden: 'Where it comes from, moderators have hidden it.',
  'no-text': 'It has no text of its own that could become a comment.',
  'text-refused': 'Its text cannot be a comment.',
  'no-words': 'It marks no words: a TextQuoteSelector of 1 to 1,500 characters is needed.',
  'several-targets': 'It marks several parts of the article at once.',
  'other-article': 'It is of another article: its source is neither the address of the thread nor `source`.',
  'parent-not-found': 'What it replies to is neither in the document nor in the thread.',
  'too-deep': 'The chain of replies would be too long.',
  'anchor-not-found': 'The quoted words do not stand in the text.',
  'anchor-ambiguous':
    'The quoted words stand in several places, and neither context nor position decides between them.',
  'too-many-passages': 'The article has as many passages of this kind as it may have.',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  code: RefusalCode;
  detail: string;
}

export function refusal(code: RefusalCode, detail: string = REFUSALS[code]): Refusal {
  return { code, detail };
}

export function isRefusal(value: object): value is Refusal {
  return 'code' in value && 'detail' in value;
}

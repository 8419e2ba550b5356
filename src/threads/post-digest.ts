import { createHash } from 'node:crypto';
import { anchorParts, type Anchor } from './passages/anchor.js';

/** What makes two posts the same request. */
export function digestOf(input: {
  body: string;
  parentId: string | null;
  passageId: string | null;
  anchor: Anchor | null;
}): Buffer {
  const { body, parentId, passageId, anchor } = input;
  const plain = passageId === null && anchor === null;
  return createHash('sha256')
    .update(JSON.stringify(plain ? [body, parentId] : [body, parentId, passageId, anchor && anchorParts(anchor)]))
    .digest();
}

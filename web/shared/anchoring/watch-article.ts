import { SKIP } from './article-elements.js';
import type { ArticleTextOptions } from './article-text.js';

/** Scripts change pages in bursts; a text of 50,000 words takes some 50 ms to read anew. */
const QUIET_MS = 200;

/**
 * Calls `changed` after something within the article changed that its text map may not survive: then read its text anew
 * and place the marks again. What happens in elements that are skipped (advertisements, Postil's own) is no change.
 * @returns ends it
 */
export function watchArticle(root: Element, changed: () => void, { skip }: ArticleTextOptions = {}): () => void {
  const skipped = skip === undefined ? `[${SKIP}]` : `[${SKIP}], ${skip}`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new MutationObserver((records) => {
    if (records.every((record) => isNoise(record, skipped))) return;
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET_MS);
  });
  observer.observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['hidden', SKIP],
  });
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

/** Within something skipped, or nothing but something skipped that came or went. */
function isNoise({ type, target, addedNodes, removedNodes }: MutationRecord, skipped: string): boolean {
  const within = type === 'childList' && target instanceof Element ? target : target.parentElement;
  if (within?.closest(skipped)) return true;
  const moved = [...addedNodes, ...removedNodes];
  return moved.length > 0 && moved.every((node) => node instanceof Element && node.matches(skipped));
}

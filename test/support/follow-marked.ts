import { complete, reanchor, type Reanchored } from '../../src/threads/anchoring/index.js';

/**
 * Follows the passage that `[[` and `]]` mark in the old text. In the expected new text the marks say where it should be; the
 * result is the new text with marks where it is, or the state alone for an orphan.
 */
export function follow(marked: string, newText: string): { result: Reanchored; shown: string } {
  const start = marked.indexOf('[[');
  const end = marked.indexOf(']]') - 2;
  const oldText = marked.replace('[[', '').replace(']]', '');
  const [result] = reanchor(oldText, newText, [complete(oldText, start, end)]);
  return { result: result!, shown: show(newText, result!) };
}

function show(text: string, result: Reanchored): string {
  if (result.state === 'orphaned') return 'orphaned';
  const { start, end } = result.selectors.position;
  return `${text.slice(0, start)}[[${text.slice(start, end)}]]${text.slice(end)}`;
}

export const unmarked = (text: string): string => text.replace('[[', '').replace(']]', '');

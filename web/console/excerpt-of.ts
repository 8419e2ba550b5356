import { isPlaceholder } from '../shared/api-types.js';
import type { StaffApi } from './staff-api.js';

/** What a reply answers, in a line. */
export async function excerptOf(api: StaffApi, id: string): Promise<string> {
  const { comment } = await api.comment(id);
  if (isPlaceholder(comment)) return 'Answers a comment that is gone';
  const text = new DOMParser().parseFromString(comment.html, 'text/html').body.textContent.trim();
  return `Answers ${comment.author.name}: “${text.replace(/\s+/g, ' ')}”`;
}

import { linksOf } from '../../src/threads/text/links.js';
import { renderMarkdown } from '../../src/threads/text/render-markdown.js';
import { compileRules, parseRules, screen, type Finding, type ScreeningInput } from '../../src/screening/index.js';

/** A comment as posting hands it to screening. */
export function commentOf(body: string, more: Partial<ScreeningInput> = {}): ScreeningInput {
  const html = renderMarkdown(body);
  return { body, html, links: linksOf(html, body), moderationMode: 'post', settings: { maxLinks: 100 }, ...more };
}

/** What one rule, read from JSON, says of a comment. */
export async function saidBy(
  kind: string,
  params: Record<string, unknown>,
  input: ScreeningInput,
  more: Record<string, unknown> = {},
): Promise<Finding[]> {
  const parsed = parseRules([{ id: 'tried', kind, params, ...more }]);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return screen(input, await compileRules(parsed.rules)).findings;
}

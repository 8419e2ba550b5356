import type { MarkdownIt } from 'markdown-it';

/** `@[name](reader:id)`: who is meant is the id, because names repeat; the page shows the name, as the author left it. */
const FORM = String.raw`@\[([^\][\n]{1,100})\]\(reader:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)`;

/** More in one comment is no conversation any more. */
const MAX_MENTIONS = 10;

/** The readers that a comment's Markdown mentions, each once, in their order. */
export function mentionsIn(body: string): string[] {
  const ids = [...body.matchAll(new RegExp(FORM, 'g'))].flatMap(([, , id]) => id ?? []);
  return [...new Set(ids)].slice(0, MAX_MENTIONS);
}

/** A mention is shown as `@name`, text like any other. */
export function showMentions(markdown: MarkdownIt): void {
  const at = new RegExp(FORM, 'y');
  markdown.inline.ruler.before('link', 'mention', (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x40) return false;
    at.lastIndex = state.pos;
    const [whole, name] = at.exec(state.src) ?? [];
    if (whole === undefined || name === undefined) return false;
    if (!silent) state.push('text', '', 0).content = `@${name}`;
    state.pos += whole.length;
    return true;
  });
}

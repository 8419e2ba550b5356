import type { MarkdownIt, StateCore, Token } from 'markdown-it';

type Tokens = Token[];

/** The second part of a country's two-part suffixes (`co.uk`, `com.au`), by which such a name is known for a host. */
const SECOND_LEVEL = /\.(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}$/i;

/** `README.md` and `did it.so we` end in country codes: without scheme such a name needs `www.` or a path to be a link. */
function isMeantAsLink(text: string): boolean {
  const host = /^[^/?#:]*/.exec(text)?.[0] ?? '';
  return text.length > host.length || /^www\./i.test(text) || !/\.[a-z]{2}$/i.test(host) || SECOND_LEVEL.test(host);
}

/**
 * Autolinks: http, https and mailto with their scheme, host names without one where they can't be meant otherwise
 * (opened by https). A bare mail address stays text: linking helps who harvests them.
 */
export function onlyMeantLinks({ linkify }: MarkdownIt): void {
  linkify.set({ fuzzyLink: true, fuzzyEmail: false, fuzzyIP: false });
  linkify.add('ftp:', null).add('//', null);
  const match = linkify.match.bind(linkify);
  linkify.match = (text) => {
    const found = (match(text) ?? []).filter((link) => link.schema !== '' || isMeantAsLink(link.text));
    for (const link of found) if (link.schema === '') link.url = `https://${link.text}`;
    return found;
  };
}

function textToken(state: StateCore, content: string, level: number): Token {
  const token = new state.Token('text', '', 0);
  token.content = content;
  token.level = level;
  return token;
}

function linkTokens(state: StateCore, href: string, text: string, level: number): Tokens {
  const open = new state.Token('link_open', 'a', 1);
  open.attrSet('href', href);
  open.level = level;
  const close = new state.Token('link_close', 'a', -1);
  close.level = level;
  return [open, textToken(state, text, level + 1), close];
}

/** The index of the link_close that belongs to the link_open at `from`; links do not nest. */
function endOfLink(tokens: Tokens, from: number): number {
  let end = from + 1;
  while (end < tokens.length && tokens[end]?.type !== 'link_close') end++;
  return end;
}

function textOf(tokens: Tokens): string {
  return tokens.map((token) => (token.children === null ? token.content : textOf(token.children))).join('');
}

/** An image becomes a link to it; in a link, its alternative text. A link that shows nothing shows where it goes. */
function rewrite(state: StateCore, tokens: Tokens): Tokens {
  const out: Tokens = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) continue;
    if (token.type === 'image') {
      out.push(...imageAsLink(state, token));
    } else if (token.type === 'link_open') {
      const end = endOfLink(tokens, at);
      out.push(...visibleLink(state, token, tokens.slice(at + 1, end), tokens[end]));
      at = end;
    } else {
      out.push(token);
    }
  }
  return out;
}

function imageAsLink(state: StateCore, image: Token): Tokens {
  const href = String(image.attrGet('src') ?? '');
  const text = textOf(image.children ?? []).trim() || href;
  return href === '' ? [textToken(state, text, image.level)] : linkTokens(state, href, text, image.level);
}

function visibleLink(state: StateCore, open: Token, inner: Tokens, close: Token | undefined): Tokens {
  const shown = inner.map((token) =>
    token.type === 'image' ? textToken(state, textOf(token.children ?? []), token.level) : token,
  );
  const href = String(open.attrGet('href') ?? '');
  if (href === '' || close === undefined) return shown;
  if (textOf(shown).trim() === '') return linkTokens(state, href, href, open.level);
  return [open, ...shown, close];
}

/** Rewrites images and links after all inline rules have run. */
export function showLinks(md: MarkdownIt): void {
  md.core.ruler.push('show_links', (state) => {
    for (const block of state.tokens) {
      if (block.type === 'inline' && block.children !== null) block.children = rewrite(state, block.children);
    }
  });
}

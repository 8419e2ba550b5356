import { readsOf, type Letter, type Script } from './letters.js';

/** A letter of the text with its place, in UTF-16 code units. */
export interface Element {
  readonly letter: Letter;
  readonly start: number;
  readonly end: number;
  /** Number of its word. */
  readonly token: number;
  /** Marks on it, its own and those that follow. */
  readonly marks: string;
  /** Something that cannot be seen stands between it and the letter before. */
  readonly afterInvisible: boolean;
}

/** A word: elements from `first` to before `end`, letters or signs without a gap. */
export interface Token {
  first: number;
  end: number;
}

/** A text read once for every list of words. */
export interface Scan {
  readonly text: string;
  readonly elements: readonly Element[];
  readonly tokens: readonly Token[];
  /** The script of more than half of its letters, some of which look like no Latin ones. */
  readonly mainScript: Script;
}

function letterAt(text: string, at: number): Letter | undefined {
  const reads = at < text.length ? readsOf(String.fromCodePoint(text.codePointAt(at) ?? 0)) : 'gap';
  return typeof reads === 'object' && !('marks' in reads) ? reads[0] : undefined;
}

const innerSignAt = (text: string, at: number) => letterAt(text, at)?.kind === 'inner-sign';
const bodyAt = (text: string, at: number) => letterAt(text, at) !== undefined && !innerSignAt(text, at);

/** Whether punctuation stands where a letter is missing: `sh!t`, `!diot`, `shi+`; not `shit!`, not `(a)`. */
function standsForLetter(char: string, before: boolean, after: boolean): boolean {
  if (before && after) return true;
  return (/^[!¡]$/.test(char) && after) || (char === '+' && before);
}

function mainScript(elements: readonly Element[]): Script {
  const counts = new Map<Script, number>();
  for (const { letter } of elements) counts.set(letter.script, (counts.get(letter.script) ?? 0) + 1);
  const main = [...counts].find(([script, count]) => script !== '' && count * 2 > elements.length)?.[0] ?? '';
  if (main === 'latin') return main;
  return elements.some(({ letter }) => letter.script === main && letter.reads === letter.plain) ? main : '';
}

/** One pass over the text. */
export function scan(text: string): Scan {
  const elements: Element[] = [];
  const tokens: Token[] = [];
  let open: Token | undefined;
  let invisible = false;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const char = code < 0x80 ? (text[at] ?? '') : String.fromCodePoint(text.codePointAt(at) ?? 0);
    const start = at;
    at += char.length;
    const reads = readsOf(char);
    if (reads === 'ignored') {
      invisible = true;
    } else if (typeof reads === 'object' && 'marks' in reads) {
      const last = elements.at(-1);
      if (open && last) elements[elements.length - 1] = { ...last, marks: last.marks + reads.marks, end: at };
    } else if (reads === 'gap' || !stands(text, char, reads, open !== undefined, at)) {
      if (open) open.end = elements.length;
      open = undefined;
      invisible = false;
    } else {
      if (!open) tokens.push((open = { first: elements.length, end: 0 }));
      for (const letter of reads) {
        const token = tokens.length - 1;
        elements.push({ letter, start, end: at, token, marks: letter.marks, afterInvisible: invisible });
        invisible = false;
      }
    }
  }
  if (open) open.end = elements.length;
  let main: Script | undefined;
  return {
    text,
    elements,
    tokens,
    // Asked only where something was found.
    get mainScript() {
      return (main ??= mainScript(elements));
    },
  };
}

function stands(text: string, char: string, reads: readonly Letter[], inWord: boolean, next: number): boolean {
  if (reads[0]?.kind !== 'inner-sign') return true;
  // c|u|t
  if (text[next - 3] === char || text[next + 1] === char) return false;
  const after = bodyAt(text, next) || (inWord && innerSignAt(text, next) && bodyAt(text, next + 1));
  return standsForLetter(char, inWord, after);
}

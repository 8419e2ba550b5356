import { setImmediate as turn } from 'node:timers/promises';
import AhoCorasick from 'modern-ahocorasick';
import { compare, type Disguise } from './compare.js';
import { disguiseOfJoin, joinedReading } from './joined.js';
import { maskedWords, masksOfAll } from './masked.js';
import { plainReading, type Reading } from './reading.js';
import { scan, type Scan } from './scan.js';
import { LONGEST_WORD, problemOfWord, wordPattern, type WordPattern } from './word-pattern.js';

export interface WordList {
  readonly words: readonly string[];
  /** Words that are never found, though they hold or look like one of the list. */
  readonly except?: readonly string[];
  /** BCP 47; says which letters with marks are letters of their own. */
  readonly language?: string;
}

/** A word found in a text, `end` exclusive, in UTF-16 code units. */
export interface WordHit {
  readonly list: number;
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly disguises: readonly Disguise[];
}

/** More places than that say nothing new. */
const MOST_HITS = 50;

/** Words that are read in one go: some 2 ms. */
const SLICE = 200;

function patternsOf(words: readonly string[], { language }: WordList, number: number): WordPattern[] {
  return [...new Set(words)]
    .filter((word) => problemOfWord(word) === undefined)
    .map((word) => wordPattern(word, number, language));
}

/** All lists of a site in one automaton: one pass over the text, however many words there are. */
export class WordMatcher {
  private readonly automaton: AhoCorasick<WordPattern[]>;
  private readonly masks: ReadonlyMap<string, WordPattern[]>;
  private readonly exceptions: readonly ReadonlySet<string>[];

  /** Leaves out words that problemOfWord objects to. */
  constructor(
    lists: readonly WordList[],
    patterns: readonly WordPattern[] = lists.flatMap((list, number) => patternsOf(list.words, list, number)),
  ) {
    const byText = Map.groupBy(patterns, ({ reading }) => reading.text);
    this.automaton = new AhoCorasick([...byText].map(([pattern, data]) => ({ pattern, data })));
    this.masks = masksOfAll(patterns);
    this.exceptions = lists.map(({ except = [] }) => new Set(except.map((word) => inClasses(scan(word)))));
  }

  /** The same for long lists, a slice at a time: others have their turn in between. */
  static async ready(lists: readonly WordList[]): Promise<WordMatcher> {
    const patterns: WordPattern[] = [];
    for (const [number, list] of lists.entries()) {
      for (let from = 0; from < list.words.length; from += SLICE) {
        patterns.push(...patternsOf(list.words.slice(from, from + SLICE), list, number));
        await turn();
      }
    }
    return new WordMatcher(lists, patterns);
  }

  /** In the order of the text; the longer first where two begin together. */
  find(text: Scan): WordHit[] {
    const hits = new Map<string, WordHit>();
    const add = (hit: WordHit) => {
      const key = `${hit.list} ${hit.start} ${hit.end}`;
      if (hits.size < MOST_HITS && !hits.has(key)) hits.set(key, hit);
    };
    this.search(text, plainReading(text), () => undefined, add);
    const joined = joinedReading(text);
    if (joined) {
      this.search(text, joined, (first, end) => disguiseOfJoin(text, joined, { first, end }), add, true);
    }
    for (const { masked, start, end } of maskedWords(text)) {
      for (const { list, word } of this.masks.get(masked) ?? []) add({ list, word, start, end, disguises: ['masked'] });
    }
    return [...hits.values()].sort((a, b) => a.start - b.start || b.end - a.end);
  }

  private search(
    text: Scan,
    reading: Reading,
    joins: (first: number, end: number) => Disguise | undefined,
    add: (hit: WordHit) => void,
    onlyJoined = false,
  ): void {
    for (const { start, end, data = [] } of this.automaton.iterate(reading.text)) {
      for (const pattern of data) {
        const likeness = compare(reading, start, end, pattern);
        if (!likeness) continue;
        const join = joins(likeness.first, likeness.end);
        if (onlyJoined && join === undefined) continue;
        if (join) likeness.disguises.add(join);
        const first = reading.elements[likeness.first];
        const last = reading.elements[likeness.end - 1];
        if (!first || !last || this.excepted(text, pattern.list, first.token, last.token)) continue;
        if (inItsOwnScript(text, reading, likeness, pattern)) continue;
        const disguises = [...likeness.disguises];
        add({ list: pattern.list, word: pattern.word, start: first.start, end: last.end, disguises });
      }
    }
  }

  private excepted({ elements, tokens }: Scan, list: number, from: number, to: number): boolean {
    const exceptions = this.exceptions[list];
    if (!exceptions || exceptions.size === 0) return false;
    const { first = 0 } = tokens[from] ?? {};
    const { end = first } = tokens[to] ?? {};
    // Nor could it be one; and many hits in one endless word must not each read all of it.
    if (end - first > LONGEST_WORD) return false;
    const whole = elements.slice(first, end);
    return exceptions.has(whole.map(({ letter }) => letter.reads).join(''));
  }
}

/** Spaces and signs between do not count. */
const inClasses = ({ elements }: Scan) => elements.map(({ letter }) => letter.reads).join('');

/** Russian `сор` looks like `cop` and is no disguise where the comment is in Russian. */
function inItsOwnScript(
  { mainScript }: Scan,
  { elements }: Reading,
  { first, end }: { first: number; end: number },
  { script }: WordPattern,
): boolean {
  if (mainScript === '' || mainScript === script) return false;
  for (let at = first; at < end; at++) if (elements[at]?.letter.script !== mainScript) return false;
  return true;
}

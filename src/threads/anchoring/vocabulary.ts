import { CLOSER, fold, SENTENCE_END, TOKEN, WORD } from './token-patterns.js';

/** A word; what ends a sentence, before a space or anyway; what may close one after its end; any other sign. */
export type Kind = 'word' | 'end' | 'wideEnd' | 'closer' | 'sign';

/** A token inside a chunk: `chunk.slice(start, end)`. */
export interface ChunkToken {
  start: number;
  end: number;
  id: number;
  kind: Kind;
}

/** A sign says next to nothing of where a passage stands, yet decides between two words that say as little. */
const SIGN_WEIGHT = 0.04;

const PLAIN_END = /[a-z.,;:!?]$/i;

/** Numbers the words of the two texts, and weighs them by how rare they are in both. */
export class Vocabulary {
  private readonly byChunk = new Map<string, ChunkToken[]>();
  private readonly byFolded = new Map<string, number>();
  private readonly word: boolean[] = [];
  private readonly counts: number[] = [];
  private total = 0;

  /** The tokens of a text without spaces, counted. Most chunks of an article have been seen before. */
  tokensOf(chunk: string): readonly ChunkToken[] {
    let tokens = this.byChunk.get(chunk);
    if (!tokens) {
      tokens = this.read(chunk);
      this.byChunk.set(chunk, tokens);
    }
    for (const { id } of tokens) this.counts[id]! += 1;
    this.total += tokens.length;
    return tokens;
  }

  /** 1 where the number is a word's, 0 for a sign. */
  words(): Uint8Array {
    return Uint8Array.from(this.word, Number);
  }

  /**
   * The weight of each number, 0 to 1: the share of a word's information, log(total / count), in that of a word
   * that occurs once, squared so that a few function words never outweigh one name.
   */
  weights(): Float64Array {
    const most = Math.log(1 + this.total / 2);
    // A word that stays occurs in both texts, so a count of two means once.
    return Float64Array.from(this.counts, (count, id) =>
      this.word[id] ? Math.min(1, Math.log(1 + this.total / Math.max(count, 2)) / most) ** 2 : SIGN_WEIGHT,
    );
  }

  private read(chunk: string): ChunkToken[] {
    // Most chunks are a plain word, perhaps with a stop or comma: the pattern takes ten times as long to say so.
    const word = /^[a-z]+/i.exec(chunk)?.[0] ?? '';
    if (word.length > 0 && word.length + 1 >= chunk.length && PLAIN_END.test(chunk)) {
      const tokens = [this.token(word, 0)];
      if (word.length < chunk.length) tokens.push(this.token(chunk.slice(word.length), word.length));
      return tokens;
    }
    return Array.from(chunk.matchAll(TOKEN), ({ 0: raw, index }) => this.token(raw, index));
  }

  private token(raw: string, start: number): ChunkToken {
    return { start, end: start + raw.length, id: this.idOf(fold(raw)), kind: kindOf(raw) };
  }

  private idOf(folded: string): number {
    let id = this.byFolded.get(folded);
    if (id === undefined) {
      id = this.byFolded.size;
      this.byFolded.set(folded, id);
      this.word.push(WORD.test(folded));
      this.counts.push(0);
    }
    return id;
  }
}

function kindOf(raw: string): Kind {
  if (/^[a-z]/i.test(raw)) return 'word';
  if (WORD.test(raw)) return 'word';
  if (SENTENCE_END.test(raw)) return /^[。！？｡]/.test(raw) ? 'wideEnd' : 'end';
  return CLOSER.test(raw) ? 'closer' : 'sign';
}

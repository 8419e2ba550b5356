import type { Kind } from './vocabulary.js';

/** How strong the break before a token is. */
export const Break = { none: 0, clause: 1, sentence: 2, paragraph: 3 } as const;

/** Reads tokens in order and says how strong the break before each is. */
export class BreakReader {
  private started = false;
  private ended: 'end' | 'wideEnd' | null = null;
  private afterSign = false;
  private lineBroke = false;

  /** A line break that no token follows yet. */
  newLine(): void {
    this.lineBroke = true;
  }

  breakBefore({ kind }: { kind: Kind }, spaced: boolean, newLine: boolean): number {
    const strength = this.strength(kind, spaced, newLine || this.lineBroke);
    this.started = true;
    this.lineBroke = false;
    if (kind === 'end' || kind === 'wideEnd') this.ended = kind;
    else if (kind !== 'closer') this.ended = null;
    this.afterSign = kind !== 'word';
    return strength;
  }

  private strength(kind: Kind, spaced: boolean, newLine: boolean): number {
    if (!this.started || newLine) return Break.paragraph;
    // A closing quote without a space still belongs to the sentence that ends, and "e.g." has none inside.
    if (this.ended && spaced) return Break.sentence;
    if (this.ended === 'wideEnd' && (kind === 'word' || kind === 'sign')) return Break.sentence;
    return this.afterSign ? Break.clause : Break.none;
  }
}

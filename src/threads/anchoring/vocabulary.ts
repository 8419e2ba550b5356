import { fold, WORD } from './token-patterns.js';

/** A sign says next to nothing of where a passage stands, yet decides between two words that say as little. */
const SIGN_WEIGHT = 0.04;

/** Numbers the words of the two texts, and weighs them by how rare they are in both. */
export class Vocabulary {
  private readonly byRaw = new Map<string, number>();
  private readonly byFolded = new Map<string, number>();
  private readonly word: boolean[] = [];
  private readonly counts: number[] = [];
  private total = 0;

  /** The number of a token; tokens that differ in typography alone have one number. Counts it. */
  idOf(raw: string): number {
    let id = this.byRaw.get(raw);
    if (id === undefined) {
      id = this.idOfFolded(fold(raw));
      this.byRaw.set(raw, id);
    }
    this.counts[id]! += 1;
    this.total += 1;
    return id;
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

  private idOfFolded(folded: string): number {
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

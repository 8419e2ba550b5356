import { type Draft, isMine, isWord, type Piece, type Sentence, sentenceOf } from './draft.js';
import type { Language } from './language.js';
import type { Random } from './random.js';

/** What random edits need: numbers and words. */
export interface Editor {
  random: Random;
  language: Language;
}

/** Replaces `count` of the words of some pieces by others; the passage's stay the passage's. */
export function replaceWords({ random, language }: Editor, pieces: Piece[], count: number): void {
  const words = pieces.filter(isWord);
  for (const index of random.sample(words.length, count)) {
    const piece = words[index]!;
    let other = language.word();
    while (other.toLowerCase() === piece.text.toLowerCase()) other = language.word();
    piece.text = other;
  }
}

/** Replaces, removes or adds one word inside a sentence, never its first or last piece. */
export function touchInside({ random, language }: Editor, sentence: Sentence, from: number, to: number): void {
  if (to - from < 3) return;
  const at = random.between(from + 1, to - 2);
  const piece = sentence[at]!;
  const kind = random.between(0, 2);
  if (kind === 0 && isWord(piece)) piece.text = language.word();
  else if (kind === 1 && isWord(piece)) sentence.splice(at, 1);
  else sentence.splice(at, 0, { text: language.word(), before: ' ', mine: piece.mine && sentence[at - 1]!.mine });
}

/** Corrects the rest of the article: some sentences changed, some removed, some added; the passage's stay. */
export function editAround(editor: Editor, draft: Draft, share: number): void {
  const { random, language } = editor;
  for (const paragraph of draft) {
    for (let at = paragraph.length - 1; at >= 0; at -= 1) {
      const sentence = paragraph[at]!;
      if (isMine(sentence) || !random.chance(share)) continue;
      const kind = random.next();
      if (kind < 0.6) replaceWords(editor, sentence, Math.ceil(sentence.length * 0.2 * random.next()));
      else if (kind < 0.8) paragraph.splice(at, 0, sentenceOf(language.sentence()));
      else if (paragraph.length > 1) paragraph.splice(at, 1);
    }
  }
}

/** One word or sign of an article under construction. `mine` marks what belongs to the passage: the truth by construction. */
export interface Piece {
  text: string;
  /** What stands before it: '' for a sign, else a space or a line break. */
  before: string;
  mine: boolean;
}

export type Sentence = Piece[];
export type Paragraph = Sentence[];

/** An article as paragraphs of sentences of pieces. */
export type Draft = Paragraph[];

export interface Written {
  text: string;
  /** Where the passage stands, in UTF-16 code units; null when nothing of it is left. */
  passage: { start: number; end: number } | null;
}

/** Writes a draft out; what stands first in a paragraph follows a line break, whatever it followed before. */
export function write(draft: Draft): Written {
  let text = '';
  let start = -1;
  let end = -1;
  for (const paragraph of draft) {
    let opening = true;
    for (const piece of paragraph.flat()) {
      text += opening ? (text === '' ? '' : '\n') : piece.before;
      opening = false;
      if (piece.mine && start < 0) start = text.length;
      text += piece.text;
      if (piece.mine) end = text.length;
    }
  }
  return { text, passage: start < 0 ? null : { start, end } };
}

export const copyOf = (draft: Draft): Draft =>
  draft.map((paragraph) => paragraph.map((sentence) => sentence.map((piece) => ({ ...piece }))));

export const isWord = (piece: Piece): boolean => /[\p{L}\p{N}]/u.test(piece.text);
export const isMine = (sentence: Sentence): boolean => sentence.some(({ mine }) => mine);

/** A text as a draft: lines are paragraphs, sentences end with a full stop, question or exclamation mark. */
export function read(text: string): Draft {
  return text
    .split(/\n+/)
    .map((line) =>
      line
        .split(/(?<=[.!?]["”’)]?)\s+/)
        .map(sentenceOf)
        .filter((sentence) => sentence.length > 0),
    )
    .filter((paragraph) => paragraph.length > 0);
}

export function sentenceOf(text: string): Sentence {
  return [...text.matchAll(/(\s*)([\p{L}\p{N}\p{M}'’]+|[^\s])/gu)].map((match, index) => ({
    text: match[2]!,
    before: index === 0 ? ' ' : match[1] === '' ? '' : ' ',
    mine: false,
  }));
}

import type { Kind } from './case.js';
import { copyOf, type Draft, isWord, type Piece, sentenceOf, write, type Written } from './draft.js';
import { editAround, type Editor, replaceWords, touchInside } from './edits.js';
import { markPhrase, markSentence, markSome, placesFor } from './passages.js';

/** A kind: mark a passage, remember the old text, edit, write the new one. */
function kind(
  mark: (editor: Editor, draft: Draft) => Piece[] | null,
  edit: (editor: Editor, draft: Draft) => void | false,
  share = 0.12,
  finish: (text: Written, editor: Editor) => Written = (text) => text,
): Kind {
  return (editor, draft) => {
    if (!mark(editor, draft)) return null;
    const before = write(draft);
    const edited = copyOf(draft);
    editAround(editor, edited, share);
    if (edit(editor, edited) === false) return null;
    return { before, after: finish(write(edited), editor), truth: 'there' };
  };
}

const some = ({ random }: Editor, draft: Draft): Piece[] | null => {
  const places = placesFor(draft, 6);
  return places.length > 0 ? markSome(random, draft, random.pick(places)) : null;
};
const sentence =
  (least: number) =>
  ({ random }: Editor, draft: Draft): Piece[] | null => {
    const places = placesFor(draft, least);
    return places.length > 0 ? markSentence(draft, random.pick(places)) : null;
  };
const twoSentences = ({ random }: Editor, draft: Draft): Piece[] | null => {
  const places = placesFor(draft, 5).filter(
    ({ paragraph, sentence: at }) => (draft[paragraph]![at + 1]?.length ?? 0) > 5,
  );
  if (places.length === 0) return null;
  const place = random.pick(places);
  return [...markSentence(draft, place), ...markSentence(draft, { ...place, sentence: place.sentence + 1 })];
};

const mine = (draft: Draft): Piece[] => draft.flat(2).filter((piece) => piece.mine);
const holder = (draft: Draft) => draft.findIndex((paragraph) => paragraph.flat().some((piece) => piece.mine));

function changeShare(share: number) {
  return (editor: Editor, draft: Draft): void => {
    const pieces = mine(draft);
    replaceWords(editor, pieces, Math.round(pieces.filter(isWord).length * share));
  };
}

function moveParagraph({ random }: Editor, draft: Draft): void | false {
  if (draft.length < 4) return false;
  const from = holder(draft);
  const [moved] = draft.splice(from, 1);
  let to = random.between(0, draft.length);
  while (to === from) to = random.between(0, draft.length);
  draft.splice(to, 0, moved!);
}

function moveSentence({ random }: Editor, draft: Draft): void | false {
  const from = holder(draft);
  const paragraph = draft[from]!;
  const at = paragraph.findIndex((pieces) => pieces.some((piece) => piece.mine));
  if (draft.length < 3 || paragraph.length < 2 || paragraph[at + 1]?.some((piece) => piece.mine)) return false;
  const [moved] = paragraph.splice(at, 1);
  let to = random.between(0, draft.length - 1);
  while (to === from) to = random.between(0, draft.length - 1);
  draft[to]!.splice(random.between(0, draft[to]!.length), 0, moved!);
}

function editLightly(editor: Editor, draft: Draft): void {
  for (const paragraph of draft)
    for (const pieces of paragraph) {
      const from = pieces.findIndex((piece) => piece.mine);
      if (from < 0) continue;
      for (let left = Math.min(editor.random.between(1, 3), Math.ceil(mine(draft).length / 5)); left > 0; left -= 1)
        touchInside(editor, pieces, from, pieces.findLastIndex((piece) => piece.mine) + 1);
    }
}

function editEdges(editor: Editor, draft: Draft): void {
  const words = mine(draft).filter(isWord);
  if (editor.random.chance(0.5)) replaceWords(editor, words.slice(0, 1), 1);
  else replaceWords(editor, words.slice(-1), 1);
}

function insertBeside({ language }: Editor, draft: Draft): void {
  const paragraph = draft[holder(draft)]!;
  const first = paragraph.findIndex((pieces) => pieces.some((piece) => piece.mine));
  const last = paragraph.findLastIndex((pieces) => pieces.some((piece) => piece.mine));
  paragraph.splice(last + 1, 0, sentenceOf(language.sentence()));
  paragraph.splice(first, 0, sentenceOf(language.sentence()));
}

function splitBetween({ language }: Editor, draft: Draft): void {
  const paragraph = draft[holder(draft)]!;
  const first = paragraph.findIndex((pieces) => pieces.some((piece) => piece.mine));
  paragraph.splice(
    first + 1,
    0,
    sentenceOf(language.sentence()).map((piece) => ({ ...piece, mine: true })),
  );
}

function splitInside({ random, language }: Editor, draft: Draft): void {
  const pieces = draft[holder(draft)]!.find((candidate) => candidate.some((piece) => piece.mine))!;
  const inserted = sentenceOf(language.sentence()).map((piece) => ({ ...piece, mine: true }));
  const at = random.between(3, pieces.length - 4);
  pieces.splice(at, 0, { text: '.', before: '', mine: true }, ...inserted);
}

function mergeSentences(_editor: Editor, draft: Draft): void {
  const paragraph = draft[holder(draft)]!;
  const first = paragraph.findIndex((pieces) => pieces.some((piece) => piece.mine));
  const [one, other] = [paragraph[first]!, paragraph[first + 1]!];
  one.pop();
  one.push({ text: ',', before: '', mine: true }, { text: 'and', before: ' ', mine: true });
  other[0]!.text = other[0]!.text.toLowerCase();
}

function mergeParagraphs(_editor: Editor, draft: Draft): void | false {
  const at = holder(draft);
  const next = draft[at + 1];
  if (!next) return false;
  draft[at]!.push(...next);
  draft.splice(at + 1, 1);
}

function duplicate({ random }: Editor, draft: Draft): void {
  const pieces = draft[holder(draft)]!.find((candidate) => candidate.some((piece) => piece.mine))!;
  const copy = pieces.map((piece) => ({ ...piece, mine: false }));
  const to = draft[random.between(0, draft.length - 1)]!;
  const at = random.between(0, to.length);
  to.splice(at, 0, copy);
  // Right beside itself nobody can tell which is the copy.
  const order = draft.flat();
  if (Math.abs(order.indexOf(copy) - order.indexOf(pieces)) === 1) to.splice(to.indexOf(copy), 1);
}

function typography({ random }: Editor, draft: Draft): void {
  for (const piece of draft.flat(2)) {
    const kind = random.between(0, 5);
    piece.text = piece.text
      .replace(/'/g, '’')
      .replace(/"/g, random.chance(0.5) ? '“' : '«')
      .replace(/^-$/, '–');
    if (kind === 0) piece.text = piece.text.normalize('NFD');
    if (kind === 1) piece.text = piece.text.replace(/fi/g, 'ﬁ').replace(/fl/g, 'ﬂ');
    if (kind === 2) piece.text = piece.text.toUpperCase();
    if (kind === 3 && piece.before === ' ') piece.before = '\u00a0';
    if (kind === 4 && piece.before === ' ') piece.before = '  ';
  }
}

function softHyphens({ random }: Editor, draft: Draft): void {
  for (const piece of draft.flat(2))
    if (piece.text.length > 5 && random.chance(0.6))
      piece.text = `${piece.text.slice(0, 3)}\u00ad${piece.text.slice(3)}`;
}

/** A phrase that stands at many places of the article. */
const repeated = (editor: Editor, draft: Draft): Piece[] | null => {
  const { random, language } = editor;
  const words = Array.from({ length: random.between(2, 5) }, () => language.word());
  const places = placesFor(draft, 6);
  if (places.length < 4) return null;
  const chosen = random.sample(places.length, Math.min(places.length, random.between(3, 8)));
  const target = random.pick(chosen);
  const marked: Piece[] = [];
  for (const index of chosen) {
    const { paragraph, sentence: at } = places[index]!;
    const phrase = words.map((text) => ({ text, before: ' ', mine: index === target }));
    draft[paragraph]![at]!.splice(random.between(2, 4), 0, ...phrase);
    if (index === target) marked.push(...phrase);
  }
  return marked;
};

const astral = (editor: Editor, draft: Draft): Piece[] | null => {
  for (const piece of draft.flat(2)) {
    if (!isWord(piece) || !editor.random.chance(0.15)) continue;
    piece.text =
      editor.random.pick(['𝒳', '😀', '👩‍👩‍👧', '🇫🇷', '𐍈𐌰', '𠮷', '👍🏽']) + (editor.random.chance(0.5) ? '' : piece.text);
  }
  return some(editor, draft);
};

const atStart = ({ random }: Editor, draft: Draft): Piece[] =>
  random.chance(0.5)
    ? markSentence(draft, { paragraph: 0, sentence: 0 })
    : markFirst(draft[0]![0]!, random.between(3, 8));
const atEnd = ({ random }: Editor, draft: Draft): Piece[] => {
  const last = draft.at(-1)!.at(-1)!;
  return random.chance(0.5)
    ? markSentence(draft, { paragraph: draft.length - 1, sentence: draft.at(-1)!.length - 1 })
    : markFirst([...last].reverse(), random.between(3, 8));
};
function markFirst(pieces: Piece[], count: number): Piece[] {
  const marked = pieces.slice(0, count);
  for (const piece of marked) piece.mine = true;
  return marked;
}

const phrase = ({ random }: Editor, draft: Draft): Piece[] | null => {
  const places = placesFor(draft, 6);
  return places.length > 0 ? markPhrase(random, draft, random.pick(places), 2) : null;
};
const nothing = (): void => undefined;

function movedAndEdited(editor: Editor, draft: Draft): void | false {
  if (moveParagraph(editor, draft) === false) return false;
  changeShare(0.2)(editor, draft);
}

/** Kinds in which the passage is still there, by what happens to it. */
export const THERE: Record<string, Kind> = {
  unchanged: kind(some, nothing),
  'unchanged, half of the rest edited': kind(some, nothing, 0.5),
  'short phrase, unchanged': kind(phrase, nothing, 0.25),
  'paragraph moved': kind(some, moveParagraph),
  'sentence moved': kind(sentence(6), moveSentence),
  'words edited inside': kind(some, editLightly, 0.25),
  'first or last word replaced': kind(some, editEdges),
  'sentences inserted beside': kind(sentence(4), insertBeside),
  '30 % of words changed': kind(sentence(7), changeShare(0.3)),
  '50 % of words changed': kind(sentence(8), changeShare(0.5)),
  'moved and 20 % changed': kind(sentence(8), movedAndEdited),
  'split between sentences': kind(twoSentences, splitBetween),
  'split inside a sentence': kind(sentence(10), splitInside),
  'sentences merged': kind(twoSentences, mergeSentences),
  'paragraphs merged': kind(some, mergeParagraphs),
  duplicated: kind(sentence(6), duplicate),
  'repeated phrase': kind(repeated, nothing, 0.2),
  'start of the text': kind(atStart, nothing, 0.25),
  'end of the text': kind(atEnd, nothing, 0.25),
  typography: kind(some, typography),
  'soft hyphens': kind(some, softHyphens),
  'astral characters': kind(astral, editLightly),
};

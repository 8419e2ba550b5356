import type { Kind, Truth } from './case.js';
import { copyOf, type Draft, isMine, isWord, type Paragraph, type Sentence, sentenceOf, write } from './draft.js';
import { editAround, type Editor, replaceWords } from './edits.js';
import { markPhrase, markSentence, markSome, type Place, placesFor } from './passages.js';

type Prepare = (editor: Editor, draft: Draft, place: Place) => void;
type Remove = (editor: Editor, draft: Draft) => void;

function kind(prepare: Prepare, remove: Remove, truth: Truth = 'gone', least = 6): Kind {
  return (editor, draft) => {
    const places = placesFor(draft, least);
    if (places.length < 3 || draft.length < 3) return null;
    prepare(editor, draft, editor.random.pick(places));
    const before = write(draft);
    const edited = copyOf(draft);
    editAround(editor, edited, 0.12);
    remove(editor, edited);
    const after = write(edited.filter((paragraph) => paragraph.length > 0));
    return { before, after, truth };
  };
}

const sentence: Prepare = (_editor, draft, place) => void markSentence(draft, place);
const some: Prepare = ({ random }, draft, place) => void markSome(random, draft, place);
const phrase: Prepare = ({ random }, draft, place) => void markPhrase(random, draft, place, 3);

const cut: Remove = (_editor, draft) => {
  for (const [index, paragraph] of draft.entries())
    draft[index] = paragraph
      .map((pieces) => pieces.filter((piece) => !piece.mine))
      .filter((pieces) => pieces.some(isWord));
};

const replace: Remove = ({ language }, draft) => {
  for (const [index, paragraph] of draft.entries())
    draft[index] = paragraph.map((pieces) => (isMine(pieces) ? sentenceOf(language.sentence()) : pieces));
};

const cutParagraph: Remove = (_editor, draft) => {
  draft.splice(
    draft.findIndex((paragraph) => paragraph.some(isMine)),
    1,
  );
};

/** Puts a copy, with some words changed, somewhere else in the old text, where it stays. */
function withCopy(changed: number): Prepare {
  return (editor, draft, place) => {
    const pieces = draft[place.paragraph]![place.sentence]!;
    const copy: Sentence = pieces.map((piece) => ({ ...piece }));
    const count = changed === 0 ? 0 : editor.random.between(1, changed);
    replaceWords(editor, copy, count);
    markSentence(draft, place);
    let to = editor.random.between(0, draft.length - 1);
    while (to === place.paragraph) to = editor.random.between(0, draft.length - 1);
    draft[to]!.splice(editor.random.between(0, draft[to]!.length), 0, copy);
  };
}

/** A list of which every row is the same sentence with two other words; one row is the passage. */
const template: Prepare = ({ random, language }, draft) => {
  const words = language.sentence().replace(/[.?,]/g, '').split(' ');
  const rows: Paragraph[] = Array.from({ length: random.between(4, 9) }, () => {
    const row = [...words];
    row[1] = language.noun();
    row[row.length - 1] = String(random.between(2, 999));
    return [sentenceOf(`${row.join(' ')}.`)];
  });
  for (const piece of random.pick(rows).flat()) piece.mine = true;
  draft.splice(random.between(0, draft.length), 0, ...rows);
};

/** Leaves 25 to 45 % of the words. */
const mostlyRewritten: Remove = (editor, draft) => {
  const words = draft.flat(2).filter((piece) => piece.mine && isWord(piece));
  const least = Math.ceil(words.length * 0.26);
  const most = Math.floor(words.length * 0.44);
  replaceWords(editor, words, words.length - editor.random.between(least, Math.max(least, most)));
};

/** Kinds in which the passage is gone, and one in which too little of it is left. */
export const GONE: Record<string, Kind> = {
  'sentence deleted': kind(sentence, cut),
  'sentences or phrase deleted': kind(some, cut),
  'phrase deleted': kind(phrase, cut),
  'paragraph deleted': kind(some, cutParagraph),
  'replaced outright': kind(sentence, replace),
  'deleted, a look-alike stays': kind(withCopy(3), cut),
  'deleted, a twin stays': kind(withCopy(0), cut),
  'row of a template deleted': kind(template, cut),
  '25 to 45 % of words left': kind(sentence, mostlyRewritten, 'hint', 8),
};

const WORDS = (
  'council night bus route street evening price ticket driver hour weekend plan budget neighbour school market river ' +
  'question answer article paper reason reader number service public town station change morning letter meeting ' +
  'because whether between against without another nothing usually perhaps already always never enough almost'
).split(' ');

let state = 20_261_122;

/** A pseudo-random whole number below `limit`: the same texts in every run. */
export function below(limit: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

/** About 200 characters, as most comments are; `mark` makes it distinct. */
export function commentText(mark: string): string {
  let text = `${mark}:`;
  while (text.length < 195) text += ` ${WORDS[below(WORDS.length)]}`;
  return `${text}.`;
}

import { type Run, TextMap } from './text-map.js';

/** What a character does to the text: the classes of `src/threads/article/settle-text.ts`. */
type Effect = 'shown' | 'space' | 'dropped';

const SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
// eslint-disable-next-line no-control-regex
const DROPPED = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069]/;
/** With the u flag a pair is one character, so this finds halves alone. */
const HALF_PAIR = /\p{Surrogate}/gu;

/** Takes the text nodes of an article in order; white space waits until it is known to part something. */
export class TextBuilder {
  private text = '';
  private readonly runs: Run[] = [];
  private waiting: 'nothing' | 'space' | 'line end' = 'nothing';
  /** Where the white space that waits stands, if it is any of the page's. */
  private spaceNode: Text | undefined;
  private spaceAt = 0;

  endLine(): void {
    this.waiting = 'line end';
    this.spaceNode = undefined;
  }

  space(): void {
    if (this.waiting === 'nothing') this.waiting = 'space';
  }

  /** In a `lined` node line feeds are line ends. */
  add(node: Text, lined: boolean): void {
    const data = node.data.replace(HALF_PAIR, '\ufffd');
    for (let at = 0; at < data.length; at++) {
      const unit = data[at]!;
      const effect = effectOf(unit);
      if (effect === 'shown') {
        this.settle();
        this.append(unit, node, at);
      } else if (effect === 'space') {
        if (lined && unit === '\n') this.endLine();
        else if (this.waiting === 'nothing') {
          this.waiting = 'space';
          this.spaceNode = node;
          this.spaceAt = at;
        }
      }
    }
  }

  finish(root: Element): TextMap {
    return new TextMap(root, this.text, this.runs);
  }

  /** What waits stands between two characters now; before the first there is nothing. */
  private settle(): void {
    if (this.waiting !== 'nothing' && this.text !== '') {
      const unit = this.waiting === 'space' ? ' ' : '\n';
      if (this.spaceNode) this.append(unit, this.spaceNode, this.spaceAt);
      else this.text += unit;
    }
    this.waiting = 'nothing';
    this.spaceNode = undefined;
  }

  private append(unit: string, node: Text, at: number): void {
    const start = this.text.length;
    const last = this.runs.at(-1);
    if (last?.node === node && last.end === start && last.at + last.end - last.start === at) last.end += 1;
    else this.runs.push({ node, at, start, end: start + 1 });
    this.text += unit;
  }
}

function effectOf(unit: string): Effect {
  if (unit > ' ' && unit < '\u007f') return 'shown';
  if (SPACE.test(unit)) return 'space';
  return DROPPED.test(unit) ? 'dropped' : 'shown';
}

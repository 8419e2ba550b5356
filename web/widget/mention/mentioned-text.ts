export interface Mentioned {
  id: string;
  name: string;
}
interface Mention extends Mentioned {
  /** Of `@name` in the text, in UTF-16 code units. */
  start: number;
  end: number;
}

/** As src/threads/text/mentions.ts reads it. */
const FORM = /@\[([^\][\n]{1,100})\]\(reader:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/g;

/**
 * A comment while it is written. In the box a mention is `@name`; whose name it is stands beside it, because names
 * repeat. A mention whose letters are changed is text like any other.
 */
export class MentionedText {
  private constructor(
    private text: string,
    private mentions: readonly Mention[],
  ) {}

  static of(markdown: string): MentionedText {
    const mentions: Mention[] = [];
    let text = '';
    let read = 0;
    for (const { 0: whole, 1: name = '', 2: id = '', index } of markdown.matchAll(FORM)) {
      text += markdown.slice(read, index);
      mentions.push({ id, name, start: text.length, end: text.length + 1 + name.length });
      text += `@${name}`;
      read = index + whole.length;
    }
    return new MentionedText(text + markdown.slice(read), mentions);
  }

  /** As the box shows it. */
  get shown(): string {
    return this.text;
  }

  get markdown(): string {
    let markdown = '';
    let written = 0;
    for (const { id, name, start, end } of this.mentions) {
      markdown += `${this.text.slice(written, start)}@[${name}](reader:${id})`;
      written = end;
    }
    return markdown + this.text.slice(written);
  }

  /** Each once, in their order. */
  get people(): Mentioned[] {
    return [...new Map(this.mentions.map(({ id, name }) => [id, { id, name }])).values()];
  }

  /** @param caret where the change ended: which of two equal letters was typed shows only there */
  typed(text: string, caret: number): void {
    if (text === this.text) return;
    const behind = this.text.endsWith(text.slice(caret)) ? text.length - caret : commonEnd(this.text, text);
    const most = Math.min(this.text.length, text.length) - behind;
    let before = 0;
    while (before < most && this.text[before] === text[before]) before++;
    const changedTo = this.text.length - behind;
    const moved = text.length - this.text.length;
    this.mentions = this.mentions.flatMap((mention) => {
      if (mention.end <= before) return mention;
      if (mention.start < changedTo) return [];
      return { ...mention, start: mention.start + moved, end: mention.end + moved };
    });
    this.text = text;
  }

  /** That the `@name` at this place of the text is that person's. */
  name(start: number, person: Mentioned): void {
    const mention = { ...person, start, end: start + 1 + person.name.length };
    const others = this.mentions.filter((other) => other.end <= start || other.start >= mention.end);
    this.mentions = [...others, mention].sort((one, other) => one.start - other.start);
  }

  /** The beginning of a name that is being typed at the caret. */
  asked(caret: number): { start: number; q: string } | undefined {
    const [, q] = /(?:^|[^\p{L}\p{N}_@/.])@((?!\s)[^\n@]{0,40})$/u.exec(this.text.slice(0, caret)) ?? [];
    if (q === undefined) return undefined;
    const start = caret - q.length - 1;
    return this.mentions.some((mention) => mention.start === start) ? undefined : { start, q };
  }
}

/** A name as a mention can hold it: without what would end it. */
export function mentionableName(name: string): string {
  const plain = name.replaceAll('[', '(').replaceAll(']', ')').replace(/\s+/g, ' ').trim();
  return [...plain].reduce((kept, letter) => (kept.length + letter.length > 100 ? kept : kept + letter), '');
}

function commonEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[one.length - 1 - length] === other[other.length - 1 - length]) length++;
  return length;
}

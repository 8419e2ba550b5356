import type { Person } from '../../shared/api-types.js';
import { h, setText } from '../../shared/dom.js';
import type { MentionList } from './mention-list.js';
import { mentionableName, MentionedText } from './mentioned-text.js';
import { OFFERED, type MentionSource } from './mention-source.js';

export interface Mentions {
  readonly source: MentionSource;
  /** The list is loaded for those who type an @. */
  load(): Promise<typeof import('./mention-list.js')>;
}

const PAUSE_MS = 150;
/** Before it is said that something is on its way. */
const PATIENCE_MS = 400;
const names = new Intl.ListFormat('en');

/** A text field in which `@` offers the people of the thread. */
export class MentionBox {
  readonly element: HTMLElement;
  private readonly place: HTMLElement;
  private readonly mentioned = h('p', { class: 'hint', hidden: true });
  /** Why nobody is offered yet. */
  private readonly note = h('p', { class: 'hint', role: 'status', hidden: true });
  private content: MentionedText;
  private list: MentionList | undefined;
  /** What was looked for last; an answer to anything else comes too late. */
  private looking: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dismissedAt = -1;

  constructor(
    private readonly box: HTMLTextAreaElement,
    label: HTMLElement,
    private readonly mentions: Mentions,
    markdown: string,
  ) {
    this.content = MentionedText.of(markdown);
    box.value = this.content.shown;
    this.place = h('div', { class: 'mention-place' }, label);
    this.element = h('div', {}, this.place, this.note, this.mentioned);
    box.addEventListener('input', () => this.typed());
    box.addEventListener('keydown', (event) => this.key(event));
    box.addEventListener('click', () => this.look());
    box.addEventListener('blur', () => this.hide());
    this.showPeople();
  }

  /** What is sent and kept. */
  get markdown(): string {
    return this.content.markdown;
  }

  set markdown(markdown: string) {
    this.content = MentionedText.of(markdown);
    this.box.value = this.content.shown;
    this.hide();
    this.showPeople();
  }

  private typed(): void {
    this.content.typed(this.box.value, this.box.selectionEnd);
    this.showPeople();
    this.look();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith('Arrow') && !this.list?.meant) return void setTimeout(() => this.look());
    if (!this.list?.open || !this.act(event.key, this.list)) return;
    event.preventDefault();
    // What closes the list does not close the form too.
    event.stopImmediatePropagation();
  }

  private act(key: string, list: MentionList): boolean {
    if (key === 'Escape') {
      this.dismissedAt = this.content.asked(this.box.selectionEnd)?.start ?? -1;
      this.hide();
      return true;
    }
    if (!list.meant) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') list.move(key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter' || key === 'Tab') this.mention(list.meant);
    else return false;
    return true;
  }

  private look(): void {
    const asked = this.content.asked(this.box.selectionEnd);
    if (!asked) this.dismissedAt = -1;
    if (!asked || asked.start === this.dismissedAt) return this.hide();
    if (asked.q === this.looking) return;
    clearTimeout(this.timer);
    this.looking = asked.q;
    const known = this.mentions.source.known(asked.q);
    if (known.length > 0 && this.list) this.list.show(known.slice(0, OFFERED));
    else this.list?.hide();
    this.timer = setTimeout(() => void this.find(asked.q), PAUSE_MS);
  }

  private async find(q: string): Promise<void> {
    const slow = setTimeout(
      () => this.looking === q && !this.list?.open && this.say('Looking for people…'),
      PATIENCE_MS,
    );
    try {
      this.list ??= await this.open();
      const people = await this.mentions.source.find(q);
      if (this.looking !== q) return;
      if (people.length > 0) this.list.show(people);
      else this.list.hide();
      this.say('');
    } catch {
      // What is typed stays what it is; the next letter asks again.
      if (this.looking === q) this.say('The names of people here can’t be loaded just now.');
      this.looking = undefined;
    } finally {
      clearTimeout(slow);
    }
  }

  private async open(): Promise<MentionList> {
    const { MentionList } = await this.mentions.load();
    if (this.list) return this.list;
    const list = new MentionList(this.box, (person) => this.mention(person));
    this.place.append(list.element);
    return list;
  }

  /** Puts the name where it was begun. */
  private mention(person: Person): void {
    const caret = this.box.selectionEnd;
    const asked = this.content.asked(caret);
    if (!asked) return this.hide();
    const mentioned = { id: person.id, name: mentionableName(person.name) };
    const text = `@${mentioned.name} `;
    this.box.focus();
    this.box.setSelectionRange(asked.start, caret);
    // As if it were typed: it can be undone like typing. Where that is not to be had, it is put there all the same.
    if (!document.execCommand('insertText', false, text)) {
      this.box.setRangeText(text, asked.start, caret, 'end');
      this.box.dispatchEvent(new Event('input', { bubbles: true }));
    }
    this.content.name(asked.start, mentioned);
    this.hide();
    this.box.dispatchEvent(new Event('input', { bubbles: true }));
  }

  private hide(): void {
    clearTimeout(this.timer);
    this.looking = undefined;
    this.list?.hide();
    this.say('');
  }

  private say(text: string): void {
    this.note.hidden = text === '';
    setText(this.note, text);
  }

  /** That a name is a mention: text alone would look the same. */
  private showPeople(): void {
    const { people } = this.content;
    this.mentioned.hidden = people.length === 0;
    setText(this.mentioned, people.length === 0 ? '' : `Mentioned: ${names.format(people.map(({ name }) => name))}`);
  }
}

import type { Person } from '../../shared/api-types.js';
import { h, plural, setAttribute, setText } from '../../shared/dom.js';
import { timeAgo } from '../../shared/time.js';
import { avatar } from '../avatar.js';

let lists = 0;

/** The people offered under the box, for it to name: which of them is meant moves by arrows, the focus stays in the box. */
export class MentionList {
  readonly element: HTMLElement;
  private readonly list = h('ul', { role: 'listbox', 'aria-label': 'People of this thread', id: `people-${++lists}` });
  private readonly status = h('p', { class: 'visually-hidden', role: 'status' });
  private people: readonly Person[] = [];
  private active = 0;

  constructor(
    private readonly box: HTMLTextAreaElement,
    private readonly chosen: (person: Person) => void,
  ) {
    const panel = h('div', { class: 'mention-list', hidden: true }, this.list);
    // Else the box would lose the focus before the click, and a touch keyboard its place.
    for (const kind of ['pointerdown', 'mousedown'] as const) {
      panel.addEventListener(kind, (event) => event.preventDefault());
    }
    this.element = h('div', {}, panel, this.status);
  }

  get open(): boolean {
    return !this.panel.hidden;
  }

  /** The person whom Enter names; undefined: nobody is offered. */
  get meant(): Person | undefined {
    return this.open ? this.people[this.active] : undefined;
  }

  show(people: readonly Person[]): void {
    const meant = this.meant?.id;
    this.people = people;
    this.active = Math.max(
      0,
      people.findIndex(({ id }) => id === meant),
    );
    this.list.replaceChildren(...people.map((person, index) => this.option(person, index)));
    this.opened();
    setText(this.status, `${plural(people.length, 'person', 'people')} to mention`);
    this.point();
  }

  hide(): void {
    if (!this.open) return;
    this.panel.hidden = true;
    this.people = [];
    setText(this.status, '');
    for (const name of ['role', 'aria-expanded', 'aria-controls', 'aria-autocomplete', 'aria-activedescendant']) {
      this.box.removeAttribute(name);
    }
  }

  move(by: 1 | -1): void {
    this.active = (this.active + by + this.people.length) % this.people.length;
    this.point();
  }

  private get panel(): HTMLElement {
    return this.element.firstElementChild as HTMLElement;
  }

  private opened(): void {
    this.panel.hidden = false;
    setAttribute(this.box, 'role', 'combobox');
    setAttribute(this.box, 'aria-autocomplete', 'list');
    setAttribute(this.box, 'aria-expanded', 'true');
    setAttribute(this.box, 'aria-controls', this.list.id);
    this.box.removeAttribute('aria-activedescendant');
    this.place();
  }

  /** Above the box where the window, or what a touch keyboard leaves of it, has more room there. */
  private place(): void {
    const { top, bottom } = this.box.getBoundingClientRect();
    const below = (visualViewport?.height ?? innerHeight) - bottom;
    this.panel.classList.toggle('is-above', below < this.panel.offsetHeight && top > below);
  }

  private point(): void {
    [...this.list.children].forEach((option, index) => {
      option.setAttribute('aria-selected', String(index === this.active));
      if (index !== this.active) return;
      this.box.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    });
  }

  private option(person: Person, index: number): HTMLLIElement {
    const { name, comments, lastAt } = person;
    const face = avatar();
    face.show(person);
    const count = comments < 100 ? plural(comments, 'comment', 'comments') : '100 comments or more';
    return h(
      'li',
      { role: 'option', id: `${this.list.id}-${index}`, on: { click: () => this.chosen(person) } },
      face.element,
      h('bdi', { class: 'name' }, name),
      h('span', { class: 'hint' }, `${count} here · last one ${timeAgo(lastAt)}`),
    );
  }
}

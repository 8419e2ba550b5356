import { h } from '../shared/dom.js';
import { field, given, select, typed } from './form.js';

const STATUSES = [
  ['', 'Any'],
  ['published', 'Published'],
  ['pending', 'Pending'],
  ['rejected', 'Rejected'],
  ['spam', 'Spam'],
] as const;

const DAY_MS = 86_400_000;

export type Wanted = Partial<Record<'q' | 'reader' | 'status' | 'from' | 'to', string>>;

/** What is looked for among all comments of the site. */
export class SearchForm {
  readonly element: HTMLFormElement;
  private readonly words = h('input', {
    type: 'search',
    maxlength: 200,
    placeholder: 'words, or "words in this order"',
  });
  private readonly reader = h('input', { type: 'search', maxlength: 255, placeholder: 'how the name begins' });
  private readonly status = select(STATUSES);
  private readonly from = h('input', { type: 'date' });
  private readonly to = h('input', { type: 'date' });

  constructor(search: () => void) {
    const submit = (event: Event) => {
      event.preventDefault();
      search();
    };
    this.element = h(
      'form',
      { class: 'filters search', role: 'search', on: { submit } },
      field('Words', this.words),
      field('Reader', this.reader),
      field('Status', this.status),
      field('From', this.from),
      field('To', this.to),
      h('button', { type: 'submit', class: 'primary' }, 'Search'),
    );
  }

  get wanted(): Wanted {
    const { words, reader, status, from, to } = this;
    const start = from.valueAsDate?.toISOString();
    // The last day is meant whole.
    const end = to.valueAsDate ? new Date(to.valueAsDate.getTime() + DAY_MS).toISOString() : undefined;
    return given({ q: typed(words), reader: typed(reader), status: typed(status), from: start, to: end });
  }

  focus(): void {
    this.words.focus();
    this.words.select();
  }
}

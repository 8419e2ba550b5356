import type { NewComment } from '../../shared/api-types.js';

/** What the writer of a comment wants to be told of, as the form for comments sends it. */
export type Wish = Pick<NewComment, 'notify' | 'notifyEmail'>;
export type WishKind = NonNullable<Wish['notify']>;

export const WISHES: Record<WishKind, string> = {
  none: 'Nothing',
  comment: 'Replies to this comment',
  replies: 'Replies to my comments here',
  thread: 'All new comments here',
};

interface Kept {
  kind: WishKind;
  email: string;
}

const NOTHING: Kept = { kind: 'none', email: '' };

/** What was chosen last, in the storage of the page that holds the widget; where storage is refused, nothing is. */
export class WishStore {
  private readonly key: string;

  constructor(site: string) {
    this.key = `postil:notify:${site}`;
  }

  get kept(): Kept {
    try {
      const { kind, email } = JSON.parse(localStorage.getItem(this.key) ?? '{}') as Partial<Kept>;
      return { kind: kind && kind in WISHES ? kind : 'none', email: typeof email === 'string' ? email : '' };
    } catch {
      return NOTHING;
    }
  }

  keep(kept: Kept): void {
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Refused: the next form begins with nothing chosen.
    }
  }

  /** "Not you?": whoever writes next need not read the address of whoever wrote before. */
  forget(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Refused: then nothing was kept.
    }
  }
}

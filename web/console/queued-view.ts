import type { QueueItem } from '../shared/api-types.js';
import type { Row } from './item-list.js';

type Act = 'approve' | 'reject' | 'spam' | 'escalate' | 'full' | 'detail' | 'reader' | 'release' | 'skip';

export interface ItemHandlers {
  readonly staffId: string;
  select(id: string): void;
  /** `range`: all from the last one that was marked. */
  mark(id: string, range: boolean): void;
  act(id: string, act: Act): void;
  /** What a reply answers, in a line. */
  excerptOf(commentId: string): Promise<string>;
}

/** A question below an item; `close` takes it away. */
export type Question = (close: () => void) => { element: HTMLElement; focus(): void };

/** One item of a queue on the page. */
export interface QueuedView {
  readonly element: HTMLLIElement;
  update(row: Row, selected: boolean, marked: boolean): void;
  focus(): void;
  ask(question: Question): void;
}

export function holderText({ by, until }: NonNullable<QueueItem['claim']>, mine: boolean): string {
  const time = new Date(until).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false });
  return mine ? `Held by you until ${time}` : `Held by ${by.name} until ${time}`;
}

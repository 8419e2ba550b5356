import type { CommentItem, QueueItem } from '../shared/api-types.js';
import { Selection } from './selection.js';

/** An item as the list holds it. */
export interface Row {
  item: QueueItem;
  /** Somebody else dealt with it; it stays where it is until the next reading. */
  gone: boolean;
  /** What came of the last attempt to decide it. */
  notice: string;
  /** A decision is on its way. */
  deciding: boolean;
}

export type CommentRow = Row & { item: CommentItem };

/** Whether it is judged as a comment: an appeal is not, whatever it is about. */
export const isOfComment = (row: Row): row is CommentRow => row.item.comment !== null && row.item.appeal === null;

/** The queue on the page, without DOM: order, selection, and what arrives while a moderator reads. */
export class ItemList {
  rows: Row[] = [];
  selectedId: string | undefined;
  readonly marks = new Selection();

  get selected(): Row | undefined {
    return this.find(this.selectedId);
  }

  /** In the order of the page. */
  get ids(): string[] {
    return this.rows.map(({ item }) => item.id);
  }

  /** What a decision is about: the marked ones, or else the selected one; as far as it can still be decided here. */
  get meant(): CommentRow[] {
    const rows = this.marks.size > 0 ? this.rows.filter(({ item }) => this.marks.has(item.id)) : [this.selected];
    return rows
      .filter((row) => row !== undefined)
      .filter((row) => !row.gone && !row.deciding && isOfComment(row)) as CommentRow[];
  }

  find(id: string | undefined): Row | undefined {
    return this.rows.find(({ item }) => item.id === id);
  }

  clear(): void {
    this.rows = [];
    this.marks.clear();
    this.selectedId = undefined;
  }

  /** A reading from the start: the server's order. What is selected stays, as gone if it is not there any more. */
  replace(items: readonly QueueItem[]): void {
    const old = this.selected;
    const index = old ? this.rows.indexOf(old) : 0;
    this.rows = items.map((item) => this.rowOf(item));
    if (old && !this.find(old.item.id)) this.rows.splice(index, 0, { ...old, gone: true });
    this.marks.keep((id) => this.find(id) !== undefined);
    this.selectedId ??= this.rows[0]?.item.id;
  }

  /** A reading while the list is in use: what is known is brought up to date, what is new goes to the end. */
  merge(items: readonly QueueItem[]): void {
    const known = new Map(items.map((item) => [item.id, item]));
    this.rows = this.rows.map((row) => this.rowOf(known.get(row.item.id) ?? row.item));
    const here = new Set(this.rows.map(({ item }) => item.id));
    this.rows.push(...items.filter(({ id }) => !here.has(id)).map((item) => this.rowOf(item)));
    for (const row of this.rows) if (known.has(row.item.id)) row.gone = false;
    this.selectedId ??= this.rows[0]?.item.id;
  }

  /** What I hold comes first, and the first of it is selected. */
  putFirst(items: readonly QueueItem[]): void {
    const held = new Set(items.map(({ id }) => id));
    const rest = this.rows.filter(({ item }) => !held.has(item.id));
    this.rows = [...items.map((item) => this.rowOf(item)), ...rest];
    this.selectedId = this.rows[0]?.item.id;
  }

  /** It left the queue by another hand. */
  markGone(id: string): void {
    const row = this.find(id);
    if (row && !row.deciding) row.gone = true;
  }

  remove(id: string): void {
    if (this.selectedId === id) this.step(1);
    if (this.selectedId === id) this.step(-1);
    this.rows = this.rows.filter(({ item }) => item.id !== id);
    this.marks.keep((marked) => marked !== id);
    if (this.selectedId === id) this.selectedId = undefined;
  }

  /** Selects the next or the one before; stays at the ends. */
  step(by: 1 | -1): void {
    const index = this.rows.findIndex(({ item }) => item.id === this.selectedId);
    const next = this.rows[index + by];
    if (next) this.selectedId = next.item.id;
  }

  private rowOf(item: QueueItem): Row {
    const old = this.find(item.id);
    return { gone: false, notice: '', deciding: false, ...old, item };
  }
}

/** Which items are marked for one decision on all of them, without DOM. */
export class Selection {
  private readonly marked = new Set<string>();
  /** From here a range goes. */
  private anchor: string | undefined;

  get size(): number {
    return this.marked.size;
  }

  has = (id: string): boolean => this.marked.has(id);

  toggle(id: string): void {
    if (!this.marked.delete(id)) this.marked.add(id);
    this.anchor = id;
  }

  /** From the last one that was marked, or unmarked, to this one: all become as that one is. */
  extend(order: readonly string[], id: string): void {
    const from = this.anchor === undefined ? -1 : order.indexOf(this.anchor);
    const to = order.indexOf(id);
    if (from === -1 || to === -1) return this.toggle(id);
    const mark = this.anchor !== undefined && this.marked.has(this.anchor);
    for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      if (mark) this.marked.add(one);
      else this.marked.delete(one);
    }
    this.anchor = id;
  }

  /** All of them; or none, if all are marked already. */
  toggleAll(order: readonly string[]): void {
    const all = order.every((id) => this.marked.has(id));
    this.clear();
    if (!all) for (const id of order) this.marked.add(id);
  }

  /** Forgets what is no longer on the page. */
  keep(isThere: (id: string) => boolean): void {
    for (const id of this.marked) if (!isThere(id)) this.marked.delete(id);
  }

  clear(): void {
    this.marked.clear();
    this.anchor = undefined;
  }
}

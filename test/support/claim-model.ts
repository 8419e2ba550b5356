type Holder = 'me' | 'another';

/** Who should hold which items of one comment. */
export class ClaimModel {
  private readonly claims = new Map<string, Holder>();

  /** In the order of their names. */
  get queues(): string[] {
    return [...this.claims.keys()].sort();
  }

  /** An item of each is no conflict between the two: whoever holds one may decide. */
  get heldByAnother(): boolean {
    const holders = [...this.claims.values()];
    return holders.includes('another') && !holders.includes('me');
  }

  holds(by: Holder, queue: string): boolean {
    return this.claims.get(queue) === by;
  }

  /** Whether it is offered: it waits there, and nobody else holds any item of the comment. */
  take(by: Holder, queue: string, waitsIn: readonly string[]): boolean {
    const free = [...this.claims.values()].every((holder) => holder === by);
    const offered = free && waitsIn.includes(queue);
    if (offered) this.claims.set(queue, by);
    return offered;
  }

  end(by: Holder, queue?: string): void {
    for (const [one, holder] of this.claims) {
      if (holder === by && (queue === undefined || queue === one)) this.claims.delete(one);
    }
  }

  /** A decision, or its undo, ends all of them. */
  settle(): void {
    this.claims.clear();
  }

  /** What left a queue is held there no more. Answers whether anything is held. */
  follow(waitsIn: readonly string[]): boolean {
    for (const queue of this.claims.keys()) if (!waitsIn.includes(queue)) this.claims.delete(queue);
    return this.claims.size > 0;
  }
}

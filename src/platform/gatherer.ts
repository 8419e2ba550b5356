export interface GathererOptions {
  /** So many calls under way at once; what comes meanwhile waits for the next. */
  maxRunning: number;
  /** So many items in one call. */
  maxItems: number;
  /** Whether the call failed as a whole, for all its items alike; else each of them is tried alone. */
  isOfAll: (error: unknown) => boolean;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * One call for many who ask at once. Whoever comes alone is served at once; who comes while calls are under way goes with
 * the others who wait. A call that fails is repeated item by item, so that nobody pays for another one's mistake.
 */
export class Gatherer<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = 0;

  /** @param call answers in the order of its items, all or nothing */
  constructor(
    private readonly call: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly options: GathererOptions,
  ) {}

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.running < this.options.maxRunning) void this.next();
    });
  }

  private async next(): Promise<void> {
    this.running += 1;
    while (this.waiting.length > 0) await this.serve(this.waiting.splice(0, this.options.maxItems));
    this.running -= 1;
  }

  private async serve(taken: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.call(taken.map(({ item }) => item));
      taken.forEach(({ resolve }, n) => resolve(results[n] as Result));
    } catch (error) {
      if (taken.length > 1 && !this.options.isOfAll(error)) for (const one of taken) await this.serve([one]);
      else taken.forEach(({ reject }) => reject(error));
    }
  }
}

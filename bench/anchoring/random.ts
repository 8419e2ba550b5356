/** A seeded source of numbers (mulberry32), so that every run builds the same articles. */
export class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)]!;
  }

  /** `count` different indexes below `length`, in order. */
  sample(length: number, count: number): number[] {
    const all = Array.from({ length }, (_, index) => index);
    for (let at = 0; at < Math.min(count, length); at += 1) {
      const other = this.between(at, length - 1);
      [all[at], all[other]] = [all[other]!, all[at]!];
    }
    return all.slice(0, count).sort((one, other) => one - other);
  }
}

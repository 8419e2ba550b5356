/** Counts things by name. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(name: string): void {
    this.counts.set(name, this.of(name) + 1);
  }

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  get sum(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  get names(): string[] {
    return [...this.counts.keys()];
  }

  /** The most frequent first. */
  toString(): string {
    const sorted = [...this.counts].sort((a, b) => b[1] - a[1]);
    return sorted.map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
  }
}

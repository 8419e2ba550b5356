/** A decision on the comment: what was its status before and after, and which decision held before. */
export interface ModelledDecision {
  before: { decision: number | null };
  after: { status: string };
}

interface Appeal {
  id: string;
  /** The decision's number, or the sanction. */
  of: number | { lifted: boolean };
  state: 'open' | 'upheld' | 'overturned' | 'moot';
}

/** What should become of a reader's appeals: of the decisions on one comment, and of sanctions. */
export class AppealModel {
  readonly all: Appeal[] = [];
  /** Decisions that are too old. */
  readonly expired = new Set<number>();

  constructor(private readonly decisions: readonly ModelledDecision[]) {}

  get newest(): Appeal | undefined {
    return this.all.at(-1);
  }

  /** @param holds the decision that holds now */
  expected(of: Appeal['of'], holds: number | null): string {
    const onComment = (one: Appeal) => typeof one.of === 'number' && one.state === 'open';
    const prior = this.all.some((one) => one.of === of || (typeof of === 'number' && onComment(one)));
    if (prior) return 'already-appealed';
    if (typeof of !== 'number') return of.lifted ? 'decision-replaced' : 'open';
    if (!this.restricts(of)) return 'not-appealable';
    if (holds !== of) return 'decision-replaced';
    return this.expired.has(of) ? 'appeal-over' : 'open';
  }

  /** Brings all to what holds now. */
  follow(holds: number | null): void {
    for (const one of this.all) {
      if (one.state !== 'open' && one.state !== 'moot') continue;
      const stands = typeof one.of === 'number' ? this.reaches(holds, one.of) : !one.of.lifted;
      one.state = stands ? 'open' : 'moot';
    }
  }

  /** From what holds now back through what it replaced, as long as the comment was down. */
  private reaches(from: number | null, to: number): boolean {
    if (from === null || !this.restricts(from)) return false;
    return from === to || this.reaches(this.decisions[from]?.before.decision ?? null, to);
  }

  private restricts(decision: number): boolean {
    return ['rejected', 'spam'].includes(this.decisions[decision]?.after.status ?? '');
  }
}

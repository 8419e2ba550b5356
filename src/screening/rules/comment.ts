import type { Evidence } from '../finding.js';
import type { ScreeningInput } from '../phase.js';
import { digestOfScan } from '../words/text-digest.js';
import { scan, type Scan } from '../words/scan.js';

/** A comment as rules see it. What several of them need is made once, and only if one asks. */
export class Comment {
  private scanned: Scan | undefined;

  constructor(readonly input: ScreeningInput) {}

  get body(): string {
    return this.input.body;
  }

  get scan(): Scan {
    return (this.scanned ??= scan(this.input.body));
  }

  get digest(): string | null {
    return digestOfScan(this.scan);
  }

  evidence({ start, end }: { start: number; end: number }): Evidence {
    return { start, end, text: this.input.body.slice(start, end) };
  }
}

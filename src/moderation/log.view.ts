import { ApiProperty } from '@nestjs/swagger';

/** Who did it: staff, a reader, a rule, or the system. */
export class LogActorView {
  kind: string;
  id: string | null;
  name: string | null;
}

/** What it was done to. */
export class LogSubjectView {
  kind: string;
  id: string;
}

/** One line of the log. */
export class LogEntryView {
  id: string;
  /** The site's key. */
  site: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
  actor: LogActorView;
  /** A fact in the past tense, such as `comment.approved`. */
  action: string;
  subject: LogSubjectView;
  /** Codes and ids that belong to it; never a text. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  codes: Record<string, unknown>;
}

/** Where the chain of a site's log ends. Whoever notes it can have the log verified against it. */
export class LogHeadView {
  /** The site's key. */
  site: string;
  /** How many entries are chained. */
  n: number;
  /** Of the newest of them, over all that went before: SHA-256, in hexadecimal. */
  hash: string;
  /** When it was chained. */
  @ApiProperty({ format: 'date-time' })
  at: string;
}

export class LogView {
  items: LogEntryView[];
  /** Of each site asked for that has a log, by key. */
  heads: LogHeadView[];
  nextCursor: string | null;
}

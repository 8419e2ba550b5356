import type { Finding } from './finding.js';

/** A link of the rendered comment; `start` and `end` are its place in the Markdown, where it can be told. */
export interface Link {
  url: string;
  /** Lower-case ASCII (punycode). */
  host: string;
  start?: number;
  end?: number;
}

/** A text that was posted before, by its digest (`digestOfText`). */
export interface PriorText {
  digest: string;
  /** Whose; any stable name. */
  reader: string;
  /** Whether by the author of this comment. */
  own: boolean;
  /** Milliseconds since 1970. */
  at: number;
}

/** What is known of who writes. */
export interface AuthorRecord {
  /** Comments of theirs that stand published now. */
  published: number;
  /** What people decided of their newest comments. */
  decided: { published: number; rejected: number };
  /** When they posted, this comment not counted; milliseconds since 1970, in any order. */
  postedAt: readonly number[];
}

/** All that rules may look at, as plain values. A rule is silent where what it needs is not given. */
export interface ScreeningInput {
  body: string;
  html: string;
  links: Link[];
  /** The thread's mode, or its site's where the thread has none: decide first or publish first. */
  moderationMode: 'pre' | 'post';
  settings: { maxLinks: number };
  /** Of whoever wrote it; without it: nothing is known against them. */
  standing?: 'good' | 'premoderated';
  /** A new comment unless said. */
  event?: 'post' | 'edit';
  threadState?: 'open' | 'closed' | 'frozen';
  /** Milliseconds since 1970. */
  now?: number;
  /** The site's, by its IANA name; UTC unless given. */
  timeZone?: string;
  author?: AuthorRecord;
  /** Texts of this author, and texts of others with the digest of this one. */
  priorTexts?: readonly PriorText[];
}

/** A rule that every site has: pure, quick, and silent where it has nothing to say. */
export interface Phase {
  readonly rule: string;
  screen(input: ScreeningInput): Finding[];
}

import type { Finding } from './finding.js';

/** A link of the rendered comment; `start` and `end` are its place in the Markdown, where it can be told. */
export interface Link {
  url: string;
  /** Lower-case ASCII (punycode). */
  host: string;
  start?: number;
  end?: number;
}

/** All that rules may look at, as plain values. History that later rules need enters here too. */
export interface ScreeningInput {
  body: string;
  html: string;
  links: Link[];
  /** The thread's mode, or its site's where the thread has none: decide first or publish first. */
  moderationMode: 'pre' | 'post';
  settings: { maxLinks: number };
  /** Of whoever wrote it; without it: nothing is known against them. */
  standing?: 'good' | 'premoderated';
}

/** One rule: pure, quick, and silent where it has nothing to say. */
export interface Phase {
  readonly rule: string;
  screen(input: ScreeningInput): Finding[];
}

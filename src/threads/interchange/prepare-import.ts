import { DomainError } from '../../platform/errors.js';
import { newId } from '../../platform/new-id.js';
import { screen, type CompiledRules } from '../../screening/index.js';
import type { SiteRow } from '../../sites/index.js';
import { statusOfVerdict, type DecidedBy, type Status } from '../comment-status.js';
import { cleanPrompt } from '../passages/ask-question.js';
import { MAX_PROMPT_LENGTH } from '../passages/passages.request.js';
import { plainTextOf } from '../text/excerpt.js';
import { lengthOf } from '../text/normalise-text.js';
import { readBody } from '../text/read-body.js';
import { readAnnotation, sourceIdOf, type GivenAnnotation } from './given-annotation.js';
import { isRefusal, REFUSALS, refusal, type Refusal, type RefusalCode } from './refusals.js';
import { sameArticle } from './same-article.js';

/** A comment's text, screened. */
export interface ImportedText {
  body: string;
  html: string;
  findings: unknown;
  status: Status;
  decidedBy: DecidedBy;
}

/** An annotation that can become something, as far as that can be told without the thread's passages. */
export interface Prepared extends Omit<GivenAnnotation, 'target'> {
  index: number;
  /** As the document has it. */
  givenId: string | null;
  /** Of the passage to be, and of the comment. */
  id: string;
  commentId: string;
  replyTo: readonly string[];
  words: NonNullable<GivenAnnotation['target']['words']> | null;
  /** Null of a question. */
  text: ImportedText | null;
  prompt: string | null;
}

export interface ImportTerms {
  site: SiteRow;
  /** The site's, those of services left out: an import is a document, and may be long. */
  rules: CompiledRules;
  mode: 'pre' | 'post';
  /** The addresses under which the article may have been annotated. */
  sources: readonly string[];
  /** Staff answer for all of it: nothing waits for moderation. */
  publish: boolean;
}

/** Reads and screens one annotation of a document. */
export function prepare(given: unknown, index: number, terms: ImportTerms): Prepared | Refusal {
  const read = readAnnotation(given);
  if (isRefusal(read)) return read;
  const { target, ...rest } = read;
  const about = (address: string) => terms.sources.some((source) => sameArticle(source, address));
  if (target.words && !about(target.words.source)) return refusal('other-article');
  const replyTo = target.replyTo.filter((id) => !about(id));
  if (!target.words && replyTo.length === 0) return refusal('no-words');
  const text = textOf(read, terms);
  if (isRefusal(text)) return text;
  // A question in a reply is a reader's; an editor's hangs on words.
  const prompt = read.question && target.words ? promptOf(text.html) : null;
  if (prompt !== null && typeof prompt !== 'string') return prompt;
  const base = {
    ...rest,
    index,
    givenId: sourceIdOf(given),
    id: newId(),
    commentId: newId(),
    replyTo,
    words: target.words,
  };
  return { ...base, text: prompt === null ? text : null, prompt };
}

function textOf({ markdown }: GivenAnnotation, { site, rules, mode, publish }: ImportTerms): ImportedText | Refusal {
  const read = readBody(markdown, site.settings.maxLength);
  if ('problem' in read) return refusal('text-refused', read.problem.detail);
  const { verdict, findings } = screen({ ...read, moderationMode: mode, settings: site.settings }, rules);
  const { body, html } = read;
  if (publish) return { body, html, findings, status: 'published', decidedBy: 'human' };
  const status = statusOfVerdict(verdict);
  return { body, html, findings, status, decidedBy: status === 'rejected' ? 'rule' : 'none' };
}

function promptOf(html: string): string | Refusal {
  const prompt = cleanPrompt(plainTextOf(html));
  const long = lengthOf(prompt) > MAX_PROMPT_LENGTH;
  return long ? refusal('text-refused', `A question has at most ${MAX_PROMPT_LENGTH} characters.`) : prompt;
}

/** What the engine or the store said, where it is a reason to leave out one annotation and not all. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof DomainError) || !(error.code in REFUSALS)) throw error;
  return refusal(error.code as RefusalCode, error.message);
}

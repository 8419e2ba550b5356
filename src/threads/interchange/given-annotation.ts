import { createHash } from 'node:crypto';
import { normaliseDisplayName, MAX_NAME_LENGTH } from '../text/normalise-text.js';
import { textOfBodies } from './body-text.js';
import { targetsOf, type GivenTarget } from './given-target.js';
import { idOf, isRecord, list, record, text, typesOf, type Json } from './json.js';
import { isRefusal, refusal, type Refusal } from './refusals.js';

/** An annotation of another tool, or of this one, as far as it can become a comment or a question. */
export interface GivenAnnotation {
  /** By which it is known when it comes again. */
  sourceId: string;
  creator: { key: string; name: string };
  /** Null where it does not say, or says what cannot be. */
  created: Date | null;
  question: boolean;
  closed: boolean;
  markdown: string;
  target: GivenTarget;
}

const MAX_ID_BYTES = 2_000;
const ANONYMOUS = 'Anonymous';

/** The id that an annotation has, for the answer; whatever else is wrong with it. */
export function sourceIdOf(given: unknown): string | null {
  return (isRecord(given) ? idOf(given) : undefined) ?? null;
}

/** Reads what somebody else wrote: nothing of it is trusted to be of any form. */
export function readAnnotation(given: unknown): GivenAnnotation | Refusal {
  if (!isRecord(given) || !typesOf(given).includes('Annotation')) return refusal('not-an-annotation');
  if (given['postil:notPublic'] === true) return refusal('not-public');
  if (given['postil:hidden'] === true) return refusal('hidden');
  const markdown = textOfBodies(given);
  if (markdown.trim() === '') return refusal('no-text');
  const target = targetsOf(given);
  if (isRefusal(target)) return target;
  const sourceId = sourceIdOf(given) ?? digestOf(given, markdown);
  if (sourceId === '' || Buffer.byteLength(sourceId) > MAX_ID_BYTES || !isText(sourceId)) return refusal('bad-id');
  return {
    sourceId,
    creator: creatorOf(given),
    created: instantOf(given.created),
    question: list(given.motivation).includes('questioning'),
    closed: given['postil:open'] === false,
    markdown,
    target,
  };
}

/** The model asks for an id, but a tool that left it to a server has none: then the content is it. */
function digestOf({ creator, created, target }: Json, markdown: string): string {
  const content = JSON.stringify([creator, created, target, markdown]);
  return `urn:sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function creatorOf(given: Json): { key: string; name: string } {
  const [creator] = list(given.creator);
  const id = idOf(creator);
  const described = record(creator);
  const names = [list(described.name)[0], list(described.nickname)[0], id === undefined ? undefined : nameIn(id)];
  const name = names.map((each) => shownName(text(each) ?? '')).find((each) => each !== undefined) ?? ANONYMOUS;
  const key = id !== undefined && isText(id) ? id : `name:${name}`;
  return { key: Buffer.byteLength(key) > MAX_ID_BYTES ? `name:${name}` : key, name };
}

/** `acct:ada@hypothes.is`, `https://social.example/users/ada`, `mailto:` (never shown). */
function nameIn(id: string): string | undefined {
  const account = /^acct:([^@]+)@/.exec(id)?.[1];
  if (account !== undefined) return account;
  if (!/^https?:/.test(id) || !URL.canParse(id)) return undefined;
  const last = new URL(id).pathname.split('/').findLast((part) => part !== '');
  try {
    return last === undefined ? undefined : decodeURIComponent(last);
  } catch {
    return last;
  }
}

function shownName(raw: string): string | undefined {
  const read = normaliseDisplayName([...raw].slice(0, MAX_NAME_LENGTH).join(''));
  return 'name' in read ? read.name : undefined;
}

function instantOf(value: unknown): Date | null {
  const at = new Date(text(value) ?? NaN);
  return at.getTime() >= 0 && at.getTime() <= Date.now() ? at : null;
}

function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cursor, isInstant, isUuid } from '../../platform/http/cursor.js';
import { peopleStore, type PersonPosition, type PersonRow } from './people.store.js';
import { personView, type PeopleView } from './person.view.js';

export interface ListPeopleInput {
  siteId: string;
  threadId: string;
  q?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/**
 * The people of a thread, for a mention: who wrote last, or those whose names begin so. What they wrote that is not
 * published counts for nothing. A page costs what it may look through, not the thread nor the site.
 */
@Injectable()
export class ListPeople {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run({ siteId, threadId, q = '', limit, cursor }: ListPeopleInput): Promise<PeopleView> {
    const { em } = this.unitOfWork;
    // PostgreSQL holds neither; so no name begins with it.
    if (q.includes('\0') || !q.isWellFormed()) return { items: [], nextCursor: null };
    const list = q === '' ? 'people' : `people.${q}`;
    const after = Cursor.decode(list, cursor, q === '' ? isMoment : isName);
    const walk = { threadId, siteId, q, after };
    const rows = await (q === '' ? peopleStore.latest(em, walk, limit) : peopleStore.named(em, walk, limit));
    // A full page goes on behind its last; another one where it stopped looking.
    const full = rows.length === limit ? rows.at(-1) : undefined;
    const end = full ?? (await (q === '' ? peopleStore.latestEnd(em, walk) : peopleStore.namedEnd(em, walk)));
    return { items: rows.map(personView), nextCursor: end ? Cursor.encode(list, position(end)) : null };
  }
}

function position({ key, keyId }: Pick<PersonRow, 'key' | 'keyId'>): PersonPosition {
  return [key instanceof Date ? key.toISOString() : key, keyId];
}

function isMoment(parts: readonly unknown[]): parts is PersonPosition {
  return parts.length === 2 && isInstant(parts[0]) && isUuid(parts[1]);
}

function isName(parts: readonly unknown[]): parts is PersonPosition {
  const [name, id] = parts;
  return parts.length === 2 && typeof name === 'string' && !name.includes('\0') && name.isWellFormed() && isUuid(id);
}

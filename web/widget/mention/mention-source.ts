import type { People, Person } from '../../shared/api-types.js';

/** A list that is this old is read again. */
const FRESH_MS = 30_000;
const RECENT = 50;
/** So many are offered at once. */
export const OFFERED = 8;
/** A page may hold nobody, where many who never wrote here are called so. */
const PAGES = 3;

export interface PeopleQuery {
  q?: string;
  limit?: number;
  cursor?: string;
}

/** Who can be mentioned: those who wrote here last are known at once, the others are asked for by name. */
export class MentionSource {
  private recent: { page: People; at: number } | undefined;

  /** @param myId of whoever writes: nobody is told of what they wrote themselves */
  constructor(
    private readonly people: (query: PeopleQuery) => Promise<People>,
    private readonly myId: () => string | undefined,
  ) {}

  /** Of those known already. */
  known(q: string): Person[] {
    return this.named(this.recent?.page.items ?? [], q);
  }

  /** All of them as far as they can be offered; those known first. */
  async find(q: string): Promise<Person[]> {
    if (!this.recent || Date.now() - this.recent.at > FRESH_MS) {
      this.recent = { page: await this.people({ limit: RECENT }), at: Date.now() };
    }
    const found = new Map(this.known(q).map((person) => [person.id, person]));
    if (q === '' || this.recent.page.nextCursor === null) return [...found.values()].slice(0, OFFERED);
    let cursor: string | null | undefined;
    for (let page = 0; page < PAGES && found.size < OFFERED && cursor !== null; page++) {
      const more: People = await this.people({ q, limit: RECENT, ...(cursor && { cursor }) });
      for (const person of this.named(more.items, q)) if (!found.has(person.id)) found.set(person.id, person);
      cursor = more.nextCursor;
    }
    return [...found.values()].slice(0, OFFERED);
  }

  private named(people: readonly Person[], q: string): Person[] {
    const beginning = q.toLowerCase();
    const me = this.myId();
    return people.filter(({ id, name }) => id !== me && name.toLowerCase().startsWith(beginning));
  }
}

import { ApiProperty } from '@nestjs/swagger';
import type { PersonRow } from './people.store.js';

/** Somebody with a published comment in the thread. Names repeat: the rest says who is who. */
export class PersonView {
  id: string;
  name: string;
  /** How many published comments in this thread; 100: so many or more. */
  comments: number;
  /** When the newest of them was written. */
  @ApiProperty({ format: 'date-time' })
  lastAt: string;
}

/** A page may hold fewer than asked for, or none, and go on all the same. */
export class PeopleView {
  items: PersonView[];
  nextCursor: string | null;
}

export function personView({ id, name, comments, lastAt }: PersonRow): PersonView {
  return { id, name, comments, lastAt: lastAt.toISOString() };
}

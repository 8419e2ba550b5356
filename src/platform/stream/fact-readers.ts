import { Injectable } from '@nestjs/common';

/** What a fact is about. */
export interface FactSubject {
  siteId: string;
  subjectId: string;
  data: Record<string, unknown>;
}

/** What is to be said of it now; undefined: nothing any more. */
export type FactReader = (subject: FactSubject) => Promise<Record<string, unknown> | undefined>;

/**
 * What modules say of their facts to those who tell others of them. A fact holds ids, and is read when it is delivered:
 * what was taken back meanwhile is not told.
 */
@Injectable()
export class FactReaders {
  private readonly readers = new Map<string, FactReader>();

  register(topic: string, reader: FactReader): void {
    this.readers.set(topic, reader);
  }

  /** Where no module has more to say, what stands in the fact. */
  async read(topic: string, subject: FactSubject): Promise<Record<string, unknown> | undefined> {
    const reader = this.readers.get(topic);
    return reader ? reader(subject) : subject.data;
  }
}

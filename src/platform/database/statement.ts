import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { connectionOf, gather } from './connection.js';

/** One INSERT, UPDATE or DELETE with its values, to be sent together with others by `write`. */
export interface Write {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * One SQL statement, prepared by name once per connection: planning it again for each request costs more than running
 * it. Runs inside the transaction of `em`, or on a connection of the pool where there is none.
 */
export class Statement<Row extends object> {
  constructor(
    private readonly name: string,
    private readonly text: string,
  ) {}

  /** It is on its way when this returns: of several in one transaction, the first called is the first to run. */
  run(em: EntityManager, values: unknown[]): Promise<Row[]> {
    return this.on(connectionOf(em), values);
  }

  /** To be sent with others by `write`. */
  with(values: unknown[]): Write {
    return { text: this.text, values };
  }

  /** The same on a bare connection, for the relay. */
  async on(client: pg.ClientBase | pg.Pool, values: unknown[]): Promise<Row[]> {
    if (!(client instanceof pg.Pool)) gather(client);
    const result = await client.query<Row>({ name: this.name, text: this.text, values });
    return result.rows;
  }
}

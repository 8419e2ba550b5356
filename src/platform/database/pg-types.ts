import pg from 'pg';

const INT8 = 20;

/** bigint columns as numbers: all of ours (seq, version, outbox ids, counts) stay far below 2^53. */
export const pgTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};

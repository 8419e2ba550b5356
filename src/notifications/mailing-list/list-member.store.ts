import type { EntityManager } from 'typeorm';
import { Statement } from '../../platform/database/statement.js';
import { newId } from '../../platform/new-id.js';

export type MemberState = 'pending' | 'confirmed' | 'withdrawn';

export interface MemberRow {
  id: string;
  siteId: string;
  listId: string;
  addressId: string;
  state: MemberState;
  textVersion: number;
  askedAt: Date;
  confirmedAt: Date | null;
  withdrawnAt: Date | null;
}

/** A confirmed member, as an export has it. */
export interface ExportedMember {
  id: string;
  email: string | null;
  language: string | null;
  textVersion: number;
  askedAt: Date;
  confirmedAt: Date;
  page: string | null;
}

const COLUMNS = `m.id, m.site_id AS "siteId", m.list_id AS "listId", m.address_id AS "addressId", m.state,
  m.text_version AS "textVersion", m.asked_at AS "askedAt", m.confirmed_at AS "confirmedAt", m.withdrawn_at AS "withdrawnAt"`;

/** Locked. */
const OF_LIST = new Statement<MemberRow>(
  'members.ofList',
  `SELECT ${COLUMNS} FROM list_members m WHERE m.list_id = $1 AND m.address_id = $2 FOR UPDATE`,
);
const KEEP = new Statement<MemberRow>(
  'members.keep',
  `INSERT INTO list_members AS m (id, site_id, list_id, address_id, state, text_version, confirmed_at)
   SELECT $1, $2, $3, $4, $5, $6, CASE WHEN $5 = 'confirmed' THEN clock_timestamp() END
   ON CONFLICT ON CONSTRAINT list_members_once DO UPDATE
   SET state = excluded.state, text_version = excluded.text_version, asked_at = clock_timestamp(),
       confirmed_at = excluded.confirmed_at, withdrawn_at = NULL
   RETURNING ${COLUMNS}`,
);
const BY_ID = new Statement<MemberRow>('members.byId', `SELECT ${COLUMNS} FROM list_members m WHERE m.id = $1`);
const OF_ADDRESS = new Statement<MemberRow>(
  'members.ofAddress',
  `SELECT ${COLUMNS} FROM list_members m WHERE m.address_id = $1 ORDER BY m.id`,
);
const CONFIRM = new Statement<MemberRow>(
  'members.confirm',
  `UPDATE list_members m SET state = 'confirmed', confirmed_at = clock_timestamp()
   WHERE m.id = $1 AND m.state = 'pending' RETURNING ${COLUMNS}`,
);
const WITHDRAW = new Statement<MemberRow>(
  'members.withdraw',
  `UPDATE list_members m SET state = 'withdrawn', withdrawn_at = clock_timestamp()
   WHERE m.address_id = $1 AND ($2::uuid IS NULL OR m.list_id = $2) AND m.state <> 'withdrawn' RETURNING ${COLUMNS}`,
);
const FORGET = new Statement<never>(
  'members.forget',
  `DELETE FROM list_members WHERE state = 'pending' AND asked_at < clock_timestamp() - make_interval(days => $1)`,
);
const COUNTS = new Statement<{ state: MemberState; members: number }>(
  'members.counts',
  'SELECT state, count(*)::int AS members FROM list_members WHERE list_id = $1 GROUP BY state',
);
/** In the order of their ids; `page` is where the consent in force was asked for. */
const EXPORT = new Statement<ExportedMember>(
  'members.export',
  `SELECT m.id, a.email, a.language, m.text_version AS "textVersion", m.asked_at AS "askedAt",
          m.confirmed_at AS "confirmedAt", c.page
   FROM list_members m JOIN addresses a ON a.id = m.address_id
   LEFT JOIN LATERAL (SELECT page FROM list_consents WHERE list_id = m.list_id AND address_id = m.address_id AND kind = 'asked'
                      ORDER BY at DESC LIMIT 1) c ON true
   WHERE m.list_id = $1 AND m.state = 'confirmed' AND m.id > $2 AND a.suppressed_at IS NULL
   ORDER BY m.id LIMIT $3`,
);

const NIL = '00000000-0000-0000-0000-000000000000';

export const listMemberStore = {
  async ofList(em: EntityManager, listId: string, addressId: string): Promise<MemberRow | undefined> {
    return (await OF_LIST.run(em, [listId, addressId]))[0];
  },

  /** Begins anew where there was one. */
  async keep(
    em: EntityManager,
    one: Pick<MemberRow, 'siteId' | 'listId' | 'addressId' | 'state' | 'textVersion'>,
  ): Promise<MemberRow> {
    const { siteId, listId, addressId, state, textVersion } = one;
    const [row] = await KEEP.run(em, [newId(), siteId, listId, addressId, state, textVersion]);
    if (!row) throw new Error('a member of a list was not stored');
    return row;
  },

  async byId(em: EntityManager, id: string): Promise<MemberRow | undefined> {
    return (await BY_ID.run(em, [id]))[0];
  },

  ofAddress: (em: EntityManager, addressId: string) => OF_ADDRESS.run(em, [addressId]),

  /** Undefined: nothing waits to be confirmed. */
  async confirm(em: EntityManager, id: string): Promise<MemberRow | undefined> {
    return (await CONFIRM.run(em, [id]))[0];
  },

  /** From one list, or from all; answers from which they were not withdrawn yet. */
  withdraw: (em: EntityManager, addressId: string, listId: string | null) => WITHDRAW.run(em, [addressId, listId]),

  async counts(em: EntityManager, listId: string): Promise<Record<MemberState, number>> {
    const rows = await COUNTS.run(em, [listId]);
    const of = (state: MemberState) => rows.find((row) => row.state === state)?.members ?? 0;
    return { pending: of('pending'), confirmed: of('confirmed'), withdrawn: of('withdrawn') };
  },

  /** What has waited too long to be confirmed. */
  async forget(em: EntityManager, days: number): Promise<void> {
    await FORGET.run(em, [days]);
  },

  /** The next confirmed ones that may be written to. */
  exported: (em: EntityManager, listId: string, after: string | undefined, limit: number) =>
    EXPORT.run(em, [listId, after ?? NIL, limit]),
};

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { SanctionInForce } from './standing.js';

/** Who comments: a guest, or signed in through the publisher. */
@Entity('readers')
@Index('readers_name', { synchronize: false })
@Check('readers_kind_check', "kind IN ('guest', 'sso')")
export class Reader {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'readers_pkey' })
  id: string;

  @Column('uuid', { name: 'site_id' })
  @ForeignKey('Site', { name: 'readers_site_id_fkey', onDelete: 'CASCADE' })
  siteId: string;

  @Column('text', { default: 'guest' })
  kind: 'guest' | 'sso';

  @Column('text', { name: 'display_name' })
  displayName: string;

  @Column('text', { nullable: true })
  email: string | null;

  /** In force but for those whose time has run out, strictest first; null: none. */
  @Column('jsonb', { nullable: true })
  sanctions: SanctionInForce[] | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'clock_timestamp()' })
  createdAt: Date;
}

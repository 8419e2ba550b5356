import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Reader } from './reader.entity.js';

@Entity('reader_sessions')
@Index('reader_sessions_reader', ['readerId'])
@Index('reader_sessions_expires', ['expiresAt'])
@Index('reader_sessions_network', ['network', 'createdAt'], { where: 'network IS NOT NULL' })
@Index('reader_sessions_network_age', ['createdAt'], { where: 'network IS NOT NULL' })
export class ReaderSessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reader_sessions_pkey' })
  id: string;

  @Column('uuid', { name: 'reader_id' })
  @ForeignKey(() => Reader, { name: 'reader_sessions_reader_id_fkey', onDelete: 'CASCADE' })
  readerId: string;

  @Column('uuid', { name: 'site_id' })
  siteId: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'clock_timestamp()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt: Date;

  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true })
  endedAt: Date | null;

  /** A keyed hash of where it was begun; null: not known, or forgotten. */
  @Column('bytea', { nullable: true })
  network: Buffer | null;
}

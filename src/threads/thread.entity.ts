import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModerationMode, ThreadState } from './post.store.js';

@Entity('threads')
export class Thread {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'site_id' })
  siteId: string;

  /** The publisher's stable id of the article. */
  @Column('text')
  key: string;

  @Column('text')
  url: string;

  @Column('text')
  title: string;

  @Column('text', { default: 'open' })
  state: ThreadState;

  /** The newest text of the article; null as long as none was sent. */
  @Column('integer', { nullable: true })
  revision: number | null;

  /** Null: the site's mode. */
  @Column('text', { name: 'moderation_mode', nullable: true })
  moderationMode: ModerationMode | null;

  @Column({ type: 'timestamptz', name: 'closes_at', precision: 3, nullable: true })
  closesAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'clock_timestamp()' })
  createdAt: Date;
}

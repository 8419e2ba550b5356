import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { SiteSettings } from './site-settings.js';

/** A publisher's property. */
@Entity('sites')
@Unique('sites_key_key', ['key'])
export class Site {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sites_pkey' })
  id: string;

  @Column('text')
  key: string;

  @Column('text')
  name: string;

  @Column('text', { array: true, default: () => "'{}'" })
  origins: string[];

  @Column('jsonb', { default: () => "'{}'" })
  settings: Partial<SiteSettings>;

  @Column('bigint', { default: 1 })
  version: number;

  @Column('integer', { name: 'rules_version', default: 0 })
  rulesVersion: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'clock_timestamp()' })
  createdAt: Date;
}

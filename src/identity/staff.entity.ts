import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who works on a site. `staff_email` stands on lower(email), which TypeORM cannot express. */
@Entity('staff')
@Index('staff_email', { synchronize: false })
export class Staff {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_pkey' })
  id: string;

  @Column('text')
  email: string;

  @Column('text', { name: 'display_name' })
  displayName: string;

  @Column('text', { name: 'password_hash' })
  passwordHash: string;

  /** The first owner's password was derived from the secret key and not changed since. */
  @Column('boolean', { name: 'password_generated', default: false })
  passwordGenerated: boolean;

  @Column({ type: 'timestamptz', name: 'disabled_at', precision: 3, nullable: true })
  disabledAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'clock_timestamp()' })
  createdAt: Date;
}

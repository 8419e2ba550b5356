import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Staff } from './staff.entity.js';

@Entity('staff_sessions')
@Index('staff_sessions_staff', ['staffId'])
@Index('staff_sessions_expires', ['expiresAt'])
export class StaffSession {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'staff_sessions_pkey' })
  id: string;

  @Column('uuid', { name: 'staff_id' })
  @ForeignKey(() => Staff, { name: 'staff_sessions_staff_id_fkey', onDelete: 'CASCADE' })
  staffId: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'clock_timestamp()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt: Date;

  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true })
  endedAt: Date | null;
}

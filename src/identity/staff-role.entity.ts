import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Role } from './actor.js';
import { Staff } from './staff.entity.js';

@Entity('staff_roles')
@Check('staff_roles_role_check', "role IN ('owner', 'admin', 'moderator')")
@Index('staff_roles_site', ['siteId'])
export class StaffRole {
  @PrimaryColumn('uuid', { name: 'staff_id', primaryKeyConstraintName: 'staff_roles_pkey' })
  @ForeignKey(() => Staff, { name: 'staff_roles_staff_id_fkey', onDelete: 'CASCADE' })
  staffId: string;

  @PrimaryColumn('uuid', { name: 'site_id', primaryKeyConstraintName: 'staff_roles_pkey' })
  @ForeignKey('Site', { name: 'staff_roles_site_id_fkey', onDelete: 'CASCADE' })
  siteId: string;

  @Column('text')
  role: Role;
}

import { Body, Controller, Get, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from './actor.js';
import { AddStaff } from './add-staff.js';
import { ChangeStaff } from './change-staff.js';
import { CurrentActor, ResolveActor } from './current-actor.js';
import { AddStaffRequest } from './dto/add-staff.request.js';
import { ChangeStaffRequest } from './dto/change-staff.request.js';
import { ListStaffRequest } from './dto/list-staff.request.js';
import { StaffAnswerView, StaffListView } from './dto/staff.view.js';
import { ListStaff } from './list-staff.js';

@ApiTags('staff')
@ApiBearerAuth('staff')
@Controller('api/v1/staff')
@UseGuards(ResolveActor)
export class StaffController {
  constructor(
    private readonly listStaff: ListStaff,
    private readonly addStaff: AddStaff,
    private readonly changeStaff: ChangeStaff,
  ) {}

  /** The staff of a site, for its owners and admins. */
  @Get()
  list(@CurrentActor() actor: Actor, @Query() query: ListStaffRequest): Promise<StaffListView> {
    return this.listStaff.run(actor, query);
  }

  /** An owner brings somebody new to a site. */
  @Post()
  add(@CurrentActor() actor: Actor, @Body() body: AddStaffRequest): Promise<StaffAnswerView> {
    return this.addStaff.run(actor, body);
  }

  /** Changes a role on a site, a name, a password, or whether signing in is possible. */
  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: ChangeStaffRequest,
  ): Promise<StaffAnswerView> {
    return this.changeStaff.run(actor, { ...body, id });
  }
}

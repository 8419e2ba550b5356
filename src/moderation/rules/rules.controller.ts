import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ResolveActor, type Actor } from '../../identity/index.js';
import { SiteQuery } from '../dto/moderation.request.js';
import { ChangeRule } from './change-rule.js';
import { CreateRule } from './create-rule.js';
import {
  ChangeRuleRequest,
  CreateRuleRequest,
  RemoveNamedRuleQuery,
  RemoveRuleQuery,
  ReplaceRulesRequest,
  RuleVersionsQuery,
} from './dto/rules.request.js';
import { ListRules } from './list-rules.js';
import { RemoveRule } from './remove-rule.js';
import { ReplaceRules } from './replace-rules.js';
import { RuleListView, RuleVersionListView, RuleView } from './rule.view.js';

@ApiTags('moderation')
@ApiBearerAuth('staff')
@UseGuards(ResolveActor)
@Controller('api/v1/moderation/rules')
export class RulesController {
  constructor(
    private readonly list: ListRules,
    private readonly createRule: CreateRule,
    private readonly changeRule: ChangeRule,
    private readonly replaceRules: ReplaceRules,
    private readonly removeRule: RemoveRule,
  ) {}

  /** The rules of a site: its own, or those it begins with. */
  @Get()
  read(@CurrentActor() actor: Actor, @Query() { site }: SiteQuery): Promise<RuleListView> {
    return this.list.run(actor, site);
  }

  /** One more rule. By admins and owners, as all changes of rules. */
  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: CreateRuleRequest): Promise<RuleView> {
    return this.createRule.run(actor, { ...body });
  }

  /** All rules at once: those that are not given are removed. */
  @Put()
  replace(@CurrentActor() actor: Actor, @Body() body: ReplaceRulesRequest): Promise<RuleListView> {
    return this.replaceRules.run(actor, body);
  }

  /** Removes the rule `id`, which the address names here as a parameter. */
  @Delete()
  @HttpCode(204)
  removeNamed(@CurrentActor() actor: Actor, @Query() query: RemoveNamedRuleQuery): Promise<void> {
    return this.removeRule.run(actor, query);
  }

  /** Changes one rule; what is left out keeps its value. */
  @Put(':id')
  change(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: ChangeRuleRequest): Promise<RuleView> {
    return this.changeRule.run(actor, { ...body, id });
  }

  /** Removes a rule. Its history stays. */
  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: RemoveRuleQuery): Promise<void> {
    return this.removeRule.run(actor, { ...query, id });
  }

  /** Who made what of a rule when, newest first. */
  @Get(':id/versions')
  versions(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() { site: siteKey, limit, cursor }: RuleVersionsQuery,
  ): Promise<RuleVersionListView> {
    return this.list.history(actor, { siteKey, id, limit, cursor });
  }
}

import { ApplyRules } from './apply-rules.js';
import { ChangeRule } from './change-rule.js';
import { CreateRule } from './create-rule.js';
import { ListRules } from './list-rules.js';
import { RemoveRule } from './remove-rule.js';
import { ReplaceRules } from './replace-rules.js';
import { RulesController } from './rules.controller.js';

/** Of the moderation module. */
export const RULE_CONTROLLERS = [RulesController];
export const RULE_PROVIDERS = [ApplyRules, ListRules, CreateRule, ChangeRule, ReplaceRules, RemoveRule];

import { MyDecisions } from './my-decisions.js';
import { MyDecisionsController } from './my-decisions.controller.js';
import { RuleRejectionsProjection } from './rule-rejections.projection.js';

/** Of the moderation module. */
export const STATEMENT_CONTROLLERS = [MyDecisionsController];
export const STATEMENT_PROVIDERS = [MyDecisions, RuleRejectionsProjection];

import { FoldStats } from './fold-stats.js';
import { ReadStats } from './read-stats.js';
import { StatsController } from './stats.controller.js';
import { StatsWork } from './stats-work.js';

/** Of the moderation module. */
export const STATS_CONTROLLERS = [StatsController];
export const STATS_PROVIDERS = [FoldStats, ReadStats, StatsWork];

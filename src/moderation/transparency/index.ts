import { ReadTransparency } from './read-transparency.js';
import { StatementExport } from './statement-export.js';
import { TransparencyController } from './transparency.controller.js';

/** Of the moderation module. */
export const TRANSPARENCY_CONTROLLERS = [TransparencyController];
export const TRANSPARENCY_PROVIDERS = [ReadTransparency, StatementExport];

import { CancelDryRun } from './cancel-dry-run.js';
import { DryRunWork } from './dry-run-work.js';
import { DryRunsController } from './dry-runs.controller.js';
import { ReadDryRuns } from './read-dry-runs.js';
import { StartDryRun } from './start-dry-run.js';
import { WorkDryRuns } from './work-dry-runs.js';

/** Of the moderation module. */
export const DRY_RUN_CONTROLLERS = [DryRunsController];
export const DRY_RUN_PROVIDERS = [CancelDryRun, DryRunWork, ReadDryRuns, StartDryRun, WorkDryRuns];

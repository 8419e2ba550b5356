import { AcknowledgeWarning } from './acknowledge-warning.js';
import { JobProjection } from './job-projection.js';
import { LiftSanction } from './lift-sanction.js';
import { PlaceSanction } from './place-sanction.js';
import { ReadJob } from './read-job.js';
import { ReaderDetail } from './reader-detail.js';
import { RejectPublished } from './reject-published.js';
import { SanctionWork } from './sanction-work.js';
import { SanctionsController } from './sanctions.controller.js';
import { WarningsController } from './warnings.controller.js';

/** Of the moderation module. */
export const SANCTION_CONTROLLERS = [SanctionsController, WarningsController];
export const SANCTION_PROVIDERS = [
  AcknowledgeWarning,
  JobProjection,
  LiftSanction,
  PlaceSanction,
  ReadJob,
  ReaderDetail,
  RejectPublished,
  SanctionWork,
];

import { AppealProjection } from './appeal-projection.js';
import { AppealsController } from './appeals.controller.js';
import { DecideAppeal } from './decide-appeal.js';
import { ListAppeals } from './list-appeals.js';
import { MyAppealsController } from './my-appeals.controller.js';
import { MyAppeals } from './my-appeals.js';
import { OpenAppeal } from './open-appeal.js';
import { ReadAppeal } from './read-appeal.js';
import { RestoreComment } from './restore-comment.js';

/** Of the moderation module. */
export const APPEAL_CONTROLLERS = [AppealsController, MyAppealsController];
export const APPEAL_PROVIDERS = [
  AppealProjection,
  DecideAppeal,
  ListAppeals,
  MyAppeals,
  OpenAppeal,
  ReadAppeal,
  RestoreComment,
];

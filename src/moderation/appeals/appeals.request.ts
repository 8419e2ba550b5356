import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { PageParameters } from '../../platform/http/page.request.js';
import { APPEAL_OUTCOMES, APPEAL_STATES, type AppealOutcome, type AppealState } from './appeal-state.js';

/** An appeal to make. */
export class AppealRequest {
  /** Why the decision is wrong. */
  @IsString()
  @Length(1, 2_000)
  text: string;
}

/** A page of my appeals. */
export class MyAppealsQuery extends PageParameters {}

/** A page of appeals, for staff. */
export class AppealsQuery extends MyAppealsQuery {
  /** Only this site's; without it all that are mine. */
  @IsOptional()
  @IsString()
  @Length(1, 255)
  site?: string;

  @IsOptional()
  @IsIn(APPEAL_STATES)
  state?: AppealState;
}

/** What comes of an appeal. */
export class OutcomeRequest {
  /** `overturned`: the comment is published again, or the sanction is lifted. */
  @IsIn(APPEAL_OUTCOMES)
  outcome: AppealOutcome;

  /** For whoever appealed. */
  @IsString()
  @Length(1, 2_000)
  explanation: string;

  /** For staff. */
  @IsOptional()
  @IsString()
  @Length(1, 2_000)
  note?: string;
}

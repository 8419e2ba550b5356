import { IsIn } from 'class-validator';

export class ThreadStateRequest {
  /** open; closed: no new comments; frozen: no comments, edits or votes. */
  @IsIn(['open', 'closed', 'frozen'])
  state: 'open' | 'closed' | 'frozen';
}

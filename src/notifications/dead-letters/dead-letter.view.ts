import { ApiProperty } from '@nestjs/swagger';
import { MAIL_KINDS, type MailKind } from '../mails/mail.js';
import { TROUBLES, type DeadLetterRow } from './dead-letter.store.js';

/** A mail that did not go out, or of which nobody knows whether it did. */
export class DeadLetterView {
  id: string;
  @ApiProperty({ enum: MAIL_KINDS, enumName: 'MailKind' })
  kind: MailKind;
  /** `failed`: refused, or tried too often. `uncertain`: all of it was handed over, and no answer came. */
  @ApiProperty({ enum: TROUBLES, enumName: 'MailTrouble' })
  state: string;
  /** The mail server's codes, as `550 5.1.1`, or the failure's name. */
  @ApiProperty({ type: String, nullable: true })
  outcome: string | null;
  attempts: number;
  /** Of the recipient; null: the address was erased. */
  @ApiProperty({ type: String, nullable: true })
  domain: string | null;
  @ApiProperty({ format: 'date-time' })
  queuedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: string | null;
}

export class DeadLetterListView {
  items: DeadLetterView[];
  nextCursor: string | null;
}

export function deadLetterView(row: DeadLetterRow): DeadLetterView {
  const { id, kind, state, outcome, attempts, domain, createdAt, finishedAt } = row;
  const at = { queuedAt: createdAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
  return { id, kind, state, outcome, attempts, domain, ...at };
}

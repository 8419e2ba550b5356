import { invalidField } from '../../platform/errors.js';

/** What a mail provider reports of a mail of ours. */
export interface MailEvent {
  /** `bounce`: the mailbox is not there, for good. `complaint`: its owner called the mail spam. */
  type: 'bounce' | 'complaint';
  /** The mail's `Message-ID`, with or without angle brackets. */
  messageId: string;
}

/** @throws validation */
export function mailEventOf(body: string): MailEvent {
  const event = parsed(body);
  const { type, messageId } = event;
  if (type !== 'bounce' && type !== 'complaint') throw invalidField('/type', 'It is bounce or complaint.');
  if (typeof messageId !== 'string' || messageId.length > 300) {
    throw invalidField('/messageId', 'It is the Message-ID of a mail, at most 300 characters.');
  }
  return { type, messageId };
}

function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw invalidField('', 'The body is a JSON object.');
}

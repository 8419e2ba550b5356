import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMail } from './mail-transport.js';

/** As nodemailer takes it, but for its parts. What stands in a mail is ours or escaped: nothing of it is fetched or read from disk. */
export function mailOptions({ from, replyTo, to, subject, messageId, references, headers }: OutgoingMail) {
  return {
    from,
    // As an object: an address is never parsed for a second one.
    to: { name: '', address: to },
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
    subject,
    messageId: `<${messageId}>`,
    ...(references?.length ? conversation(references) : {}),
    headers: { ...headers },
    disableFileAccess: true,
    disableUrlAccess: true,
  } satisfies SendMailOptions;
}

function conversation(references: readonly string[]) {
  const ids = references.map((id) => `<${id}>`);
  return { inReplyTo: ids.at(-1), references: ids };
}

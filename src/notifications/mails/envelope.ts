import type { OutgoingMail } from '../../platform/mail/mail-transport.js';
import type { SiteRow } from '../../sites/index.js';
import type { ComposedMail, MailRow } from './mail.js';

/** `Name <address>`, or an address alone. */
const MAILBOX = /^\s*(?:"?([^"<]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))\s*$/;

/** What all mails of a site have in common, around what one of them says. */
export function enveloped(
  mail: Pick<MailRow, 'id' | 'siteId'>,
  { to, subject, html, text, unsubscribeUrl, listId, conversation }: ComposedMail,
  { site, mailFrom, host }: { site: SiteRow; mailFrom: string; host: string },
): OutgoingMail {
  const { mailSenderName, mailSenderAddress, mailReplyTo } = site.settings;
  const [, , inBrackets, alone] = MAILBOX.exec(mailFrom) ?? [];
  return {
    id: mail.id,
    siteId: mail.siteId,
    from: {
      name: oneLine(mailSenderName || site.name),
      address: mailSenderAddress || inBrackets || alone || `postil@${host}`,
    },
    replyTo: mailReplyTo || undefined,
    to,
    subject: oneLine(subject),
    messageId: `${mail.id}@${host}`,
    references: conversation === undefined ? [] : [`${conversation}@${host}`],
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(listId === undefined ? {} : { 'List-Id': `<${listId}.${host}>` }),
      ...(unsubscribeUrl === undefined
        ? {}
        : { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
    text,
    html,
  };
}

/** What turns the direction of all that follows it: a list of mails shows subject and sender in one line. */
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/g;

/** A header is one line, whatever a title or name holds. Cut where no character is in two. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(DIRECTIONS, '')
    .trim()
    .slice(0, 250)
    .replace(/[\uD800-\uDBFF]$/, '');
}

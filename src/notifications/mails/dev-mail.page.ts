import type { KeptMail, KeptMailHead } from '../../platform/mail/kept-mail.store.js';
import { escapeMarkup as e } from '../../threads/index.js';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem }
table { border-collapse: collapse; width: 100% }
td { padding: .4rem .75rem .4rem 0; border-top: 1px solid #8884; overflow-wrap: anywhere; vertical-align: top }
iframe { width: 100%; height: 40rem; border: 1px solid #8884; background: #fff }
iframe.phone { width: 375px; max-width: 100% }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8884; padding: .75rem }
time { white-space: nowrap }
`;

/** Nothing runs, and nothing is loaded but the mail's own frame. */
export const DEV_MAIL_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";
/** Of the frame: as mail programs show it. Links open elsewhere. */
export const DEV_MAIL_FRAME_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups";

export function devMailList(mails: readonly KeptMailHead[]): string {
  const rows = mails.map(
    ({ id, recipient, subject, at }) =>
      `<tr><td><time datetime="${at.toISOString()}">${at.toISOString().slice(0, 19).replace('T', ' ')}</time></td>
<td>${e(recipient)}</td><td dir="auto"><a href="/dev/mail/${id}">${e(subject)}</a></td></tr>`,
  );
  const list = mails.length === 0 ? '<p>None yet.</p>' : `<table>\n${rows.join('\n')}\n</table>`;
  return page('Mails', `<p>What would have gone out, newest first. SMTP_URL is not set.</p>\n${list}`);
}

export function devMailPage({ id, subject, headers, text }: KeptMail): string {
  const frame = (className: string) =>
    `<iframe class="${className}" title="The mail, ${className}" sandbox="allow-popups" src="/dev/mail/${id}/html"></iframe>`;
  return page(
    subject,
    `<p><a href="/dev/mail">All mails</a></p>
<h2>Headers</h2>\n<pre>${e(headers)}</pre>
<h2>HTML</h2>\n${frame('desktop')}\n<h2>HTML on a phone</h2>\n${frame('phone')}
<h2>Text</h2>\n<pre dir="auto">${e(text)}</pre>`,
  );
}

function page(title: string, main: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${e(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 dir="auto">${e(title)}</h1>
${main}
</main>
</body>
</html>
`;
}

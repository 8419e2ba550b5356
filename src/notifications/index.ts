export { NotificationsModule } from './notifications.module.js';
export { MailPages } from './preferences/mail-pages.js';
export { registerMailPages } from './preferences/register-mail-pages.js';
export { PlainAsks } from './plain/plain-asks.js';
export { registerPlainAsks } from './plain/register-plain-asks.js';
export { registerMailEvents } from './mail-events/register-mail-events.js';
export { TakeMailEvent } from './mail-events/take-mail-event.js';

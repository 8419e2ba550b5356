export { NotificationsModule } from './notifications.module.js';
export { MailPages } from './preferences/mail-pages.js';
export { registerMailPages } from './preferences/register-mail-pages.js';
export { registerMailEvents } from './mail-events/register-mail-events.js';
export { TakeMailEvent } from './mail-events/take-mail-event.js';

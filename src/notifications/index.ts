export { NotificationsModule } from './notifications.module.js';
export { MailPages } from './preferences/mail-pages.js';
export { registerMailPages } from './preferences/register-mail-pages.js';

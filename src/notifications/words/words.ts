import type { MailWords } from './mail-words.js';

/** Everything that Postil says to readers in their language outside of the widget. Each language has all of it. */
export interface Words {
  mail: MailWords;
}

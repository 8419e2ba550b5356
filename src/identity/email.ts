/** Loose on purpose: whether an address works, only a mail can tell. */
export const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

/** RFC 5321, section 4.5.3.1.3. */
export const MAX_EMAIL_LENGTH = 254;

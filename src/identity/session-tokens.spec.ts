import { newId } from '../platform/new-id.js';
import { Secrets } from '../platform/secrets.js';
import { ReaderTokens, StaffTokens } from './session-tokens.js';

const secrets = new Secrets('a secret key that only tests know of');
const readers = new ReaderTokens(secrets);
const staff = new StaffTokens(secrets);

describe('session tokens', () => {
  it('gives back the session it was issued for', () => {
    for (let i = 0; i < 100; i++) {
      const sessionId = newId();
      expect(readers.verify(readers.issue(sessionId))).toBe(sessionId);
      expect(staff.verify(staff.issue(sessionId))).toBe(sessionId);
    }
    expect(readers.issue(newId())).toMatch(/^pr_[\w-]{22}\.[\w-]{43}$/);
  });

  it('refuses a token with any one character changed, added or left out', () => {
    const token = readers.issue(newId());
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(readers.verify(token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
      expect(readers.verify(token.slice(0, at) + token.slice(at + 1))).toBeUndefined();
      expect(readers.verify(token.slice(0, at) + other + token.slice(at))).toBeUndefined();
    }
  });

  it('refuses the other kind, also under its prefix, and those of another key', () => {
    const sessionId = newId();
    const token = readers.issue(sessionId);
    expect(staff.verify(token)).toBeUndefined();
    expect(staff.verify(token.replace('pr_', 'ps_'))).toBeUndefined();
    expect(new ReaderTokens(new Secrets('another secret key altogether')).verify(token)).toBeUndefined();
  });

  it.each(['', 'pr_', 'pr_.', `pr_${'A'.repeat(22)}.${'A'.repeat(43)}`, `pr_${'é'.repeat(22)}.${'A'.repeat(43)}`])(
    'refuses %j',
    (token) => expect(readers.verify(token)).toBeUndefined(),
  );
});

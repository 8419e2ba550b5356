import fc from 'fast-check';
import { emailAddress, sameMailbox } from './email-address.js';

describe('emailAddress', () => {
  it.each([
    ['ada@example.org', 'ada@example.org'],
    ['  Ada.Lovelace+news@Example.ORG ', 'Ada.Lovelace+news@example.org'],
    ['ada@localhost', 'ada@localhost'],
    ['jürgen@bücher.example', 'jürgen@xn--bcher-kva.example'],
    ["o'brien@example.org", "o'brien@example.org"],
    ['=cmd|x@example.org', '=cmd|x@example.org'],
  ])('%j is %s', (raw, address) => {
    expect(emailAddress(raw)).toBe(address);
  });

  it.each([
    '',
    'ada',
    '@example.org',
    'ada@',
    'a@b@c',
    'ada lovelace@example.org',
    'Ada <ada@example.org>',
    'ada@example.org,eve@example.org',
    'ada,eve@example.org',
    'ada;eve@example.org',
    'ada@example.org\r\nBcc: eve@example.org',
    '"ada"@example.org',
    'ada@-example.org',
    'ada@example..org',
    'ada@[127.0.0.1]',
    'ada@exa_mple.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(63)}.${'b'.repeat(63)}.${'b'.repeat(63)}.${'b'.repeat(63)}`,
    'a\ud800@example.org',
    'a\u0000@example.org',
    '\u200bada@example.org',
    '\u202eada@example.org',
  ])('%j is none', (raw) => {
    expect(emailAddress(raw)).toBeUndefined();
  });

  it('gives nothing that a mail header would take for more than one address, and itself again', () => {
    const odd = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a@b', '\r\n', ',', '<', '"', 'ü', '\u2028'));
    fc.assert(
      fc.property(fc.array(odd), (parts) => {
        const address = emailAddress(parts.join(''));
        if (address === undefined) return;
        expect(address).toMatch(/^[^\s@<>()[\],;:\\"\p{Cc}]+@[a-z0-9.-]+$/u);
        expect(emailAddress(address)).toBe(address);
      }),
    );
  });

  it('is of one mailbox in whatever case, and not behind another +', () => {
    expect(sameMailbox('Ada@example.org')).toBe(sameMailbox('ADA@example.org'));
    expect(sameMailbox('ada+x@example.org')).not.toBe(sameMailbox('ada@example.org'));
  });
});

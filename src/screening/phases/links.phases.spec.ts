import { commentOf, saidBy } from '../../../test/support/screening.js';

describe('domains', () => {
  it.each<[string, Record<string, unknown>, string, string[]]>([
    ['no link', { banned: ['evil.example'] }, 'see evil dot example', []],
    ['a banned domain', { banned: ['evil.example'] }, 'see https://evil.example/a', ['https://evil.example/a']],
    ['below a banned domain', { banned: ['evil.example'] }, 'https://a.b.evil.example', ['https://a.b.evil.example']],
    ['one that ends alike', { banned: ['evil.example'] }, 'https://devil.example', []],
    ['one above', { banned: ['www.evil.example'] }, 'https://evil.example', []],
    ['one of two', { banned: ['evil.example'] }, 'https://good.example https://evil.example', ['https://evil.example']],
    ['capitals', { banned: ['Evil.Example.'] }, 'HTTPS://EVIL.EXAMPLE', ['HTTPS://EVIL.EXAMPLE']],
    ['allowed below banned', { banned: ['a.example'], allowed: ['b.a.example'] }, 'https://b.a.example', []],
    [
      'others where all are banned',
      { allowed: ['good.example'], othersToo: true },
      'https://a.example',
      ['https://a.example'],
    ],
    ['the allowed one there', { allowed: ['good.example'], othersToo: true }, 'https://www.good.example', []],
    ['in Unicode', { banned: ['bücher.example'] }, 'https://bücher.example', ['https://bücher.example']],
    ['in punycode', { banned: ['bücher.example'] }, 'https://xn--bcher-kva.example', ['https://xn--bcher-kva.example']],
    ['behind a label', { banned: ['evil.example'] }, '[good](https://evil.example)', ['https://evil.example']],
  ])('%s', async (_what, params, body, texts) => {
    const findings = await saidBy('domains', params, commentOf(body));
    expect(findings.flatMap(({ evidence }) => evidence.map(({ text }) => text))).toEqual(texts);
  });
});

describe('deceptive links', () => {
  const trusted = ['ledger.example', 'paypal.com', 'bank.co.uk', 'modern.news'];

  it.each<[string, string, string | undefined]>([
    ['the trusted one', 'https://ledger.example', undefined],
    ['below the trusted one', 'https://www.paypal.com/login', undefined],
    ['another altogether', 'https://elsewhere.example', undefined],
    ['a digit for a letter', 'https://paypa1.com', 'looks like paypal.com'],
    ['a capital for a letter', 'https://paypaI.com', 'looks like'],
    ['a letter of another alphabet', 'https://pаypal.com', 'looks like paypal.com'],
    ['the same in punycode', 'https://xn--pypal-4ve.com', 'looks like paypal.com'],
    ['all letters of another alphabet', 'https://раураӏ.com', 'looks like paypal.com'],
    ['r and n for m', 'https://rnodern.news', 'looks like modern.news'],
    ['a mark', 'https://pàypal.com', 'looks like paypal.com'],
    ['drawn out', 'https://paypall.com', undefined],
    ['its name at the wrong end', 'https://paypal.com.evil.example/login', 'looks like paypal.com'],
    ['three labels', 'https://bank.co.uk.evil.example', 'looks like bank.co.uk'],
    ['mixed alphabets, of nobody', 'https://exаmple.org', 'mixes letters'],
    ['one alphabet, not Latin', 'https://пример.example', undefined],
    ['a label that says the same', '[www.ledger.example](https://ledger.example/a)', undefined],
    [
      'a label that says another',
      '[https://ledger.example](https://evil.example)',
      'reads ledger.example leads to evil.example',
    ],
    ['a label in bold that says another', '[**www.ledger.example**](https://evil.example)', 'leads to evil.example'],
    ['a bare label that says another', '[paypal.com](https://evil.example)', 'leads to evil.example'],
    ['a label that only looks like a domain', '[Node.js](https://nodejs.example)', undefined],
    ['a label in words', '[Read more here.](https://nodejs.example)', undefined],
    ['a label above its target', '[example.com](https://shop.example.com)', undefined],
    ['a full stop as label', 'Well said[.](https://evil.example)', 'hardly be seen'],
    ['an invisible label', 'Well said[\u200b](https://evil.example)', 'hardly be seen'],
    ['a mail address', 'mailto:me@ledger.example', undefined],
  ])('%s', async (_what, body, why) => {
    const findings = await saidBy('deceptive-links', { trusted }, commentOf(body));
    expect(findings.map(({ explanation }) => explanation)).toEqual(why ? [expect.stringContaining(why)] : []);
  });

  it('shows the link', async () => {
    const [finding] = await saidBy('deceptive-links', { trusted }, commentOf('go to https://paypa1.com now'));
    expect(finding?.evidence).toEqual([{ start: 6, end: 24, text: 'https://paypa1.com' }]);
  });
});

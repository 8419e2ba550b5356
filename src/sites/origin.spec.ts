import { crossOrigin, isPermittedOrigin, normaliseOrigin, ownOrigins } from './origin.js';

describe('normaliseOrigin', () => {
  it.each([
    ['https://news.example', 'https://news.example'],
    ['https://news.example/', 'https://news.example'],
    ['HTTPS://News.Example:443', 'https://news.example'],
    ['http://news.example:8080', 'http://news.example:8080'],
    ['https://zürich.example', 'https://xn--zrich-kva.example'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('takes %s as %s', (text, origin) => expect(normaliseOrigin(text)).toBe(origin));

  it.each([
    'news.example',
    'ftp://news.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'null',
    '*',
    '',
    'https://news.example/path',
    'https://news.example/?q',
    'https://news.example/?q=1',
    'https://news.example/#top',
    'https://user@news.example',
    'https://user:password@news.example',
  ])('refuses %j', (text) => expect(normaliseOrigin(text)).toBeUndefined());
});

describe('isPermittedOrigin', () => {
  const site = { origins: ['https://news.example'] };
  const own = ownOrigins('https://comments.example/base', true);

  it.each([
    ['https://news.example', true],
    ['https://comments.example', true],
    ['http://news.example', false],
    ['https://news.example:8443', false],
    ['https://news.example.evil.example', false],
    ['null', false],
    ['http://localhost', false],
  ])('%s: %s', (origin, permitted) => expect(isPermittedOrigin(site, origin, own)).toBe(permitted));

  it('permits every name of this machine in development, on the same port only', () => {
    expect([...ownOrigins('http://127.0.0.1:3000', false)].sort()).toEqual([
      'http://127.0.0.1:3000',
      'http://[::1]:3000',
      'http://localhost:3000',
    ]);
    expect(ownOrigins('http://127.0.0.1', false)).toContain('http://localhost');
  });
});

describe('crossOrigin', () => {
  it.each([
    [{ origin: 'https://news.example', host: 'comments.example' }, 'https://news.example'],
    [{ origin: 'https://comments.example', host: 'comments.example' }, undefined],
    [{ origin: 'http://comments.example:8080', host: 'Comments.example:8080' }, undefined],
    [{ origin: 'http://comments.example:8081', host: 'comments.example:8080' }, 'http://comments.example:8081'],
    [{ origin: 'null', host: 'comments.example' }, 'null'],
    [{ origin: 'https://news.example' }, 'https://news.example'],
    [{ host: 'comments.example' }, undefined],
  ])('%j: %s', (headers, expected) => expect(crossOrigin(headers)).toBe(expected));
});

import { bearerToken, cookieToken, staffCookie } from './credentials.js';
import { provenSameOrigin, saidCrossOrigin } from './same-origin.js';

describe('bearerToken', () => {
  it.each([
    ['Bearer ps_abc.def', 'ps_abc.def'],
    ['bearer  ps_abc.def ', 'ps_abc.def'],
    [undefined, undefined],
  ])('%j: %j', (authorization, token) => expect(bearerToken({ authorization })).toBe(token));

  it.each(['Basic dXNlcg==', 'Bearer', 'Bearer ', 'ps_abc.def', 'Bearer a b', ''])('refuses %j', (authorization) => {
    expect(() => bearerToken({ authorization })).toThrow('The session has ended');
  });
});

describe('cookies', () => {
  it.each([
    ['postil_staff=ps_a.b', 'ps_a.b'],
    ['theme=dark; postil_staff=ps_a.b; other=1', 'ps_a.b'],
    ['xpostil_staff=ps_a.b', undefined],
    ['postil_staff=', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j: %j', (cookie, token) => expect(cookieToken({ cookie })).toBe(token));

  it('is out of reach of scripts and other sites, and of plain http where the server is not', () => {
    expect(staffCookie('ps_a.b', 60, true)).toBe(
      'postil_staff=ps_a.b; Path=/; HttpOnly; SameSite=Strict; Max-Age=60; Secure',
    );
    expect(staffCookie('', 0, false)).toBe('postil_staff=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0');
  });
});

describe('same origin', () => {
  const origins = { isOwn: (origin: string) => origin === 'https://comments.example' };

  it.each([
    [{ origin: 'https://comments.example', host: 'internal:3000' }, true, false],
    [{ origin: 'http://internal:3000', host: 'internal:3000' }, true, false],
    [{ origin: 'https://evil.example', host: 'internal:3000' }, false, true],
    [{ origin: 'null', host: 'internal:3000' }, false, true],
    [{ host: 'internal:3000', 'sec-fetch-site': 'same-origin' }, true, false],
    [{ host: 'internal:3000', 'sec-fetch-site': 'same-site' }, false, true],
    [{ host: 'internal:3000', 'sec-fetch-site': 'none' }, false, true],
    [{ origin: 'https://evil.example', host: 'internal:3000', 'sec-fetch-site': 'same-origin' }, false, true],
    [{ host: 'internal:3000' }, false, false],
  ])('%j: proven %s, said cross-origin %s', (headers, proven, said) => {
    expect(provenSameOrigin(headers, origins)).toBe(proven);
    expect(saidCrossOrigin(headers, origins)).toBe(said);
  });
});

import { outcomeOf } from './smtp-outcome.js';

describe('outcomeOf', () => {
  it.each([
    [
      'a greylisting',
      { responseCode: 451, response: '451 4.7.1 Try later', command: 'RCPT TO' },
      'deferred',
      '451 4.7.1',
    ],
    [
      'a full mailbox, told after the message',
      { responseCode: 452, response: '452 4.2.2 Full', command: 'DATA' },
      'deferred',
      '452 4.2.2',
    ],
    [
      'our own wrong password',
      { responseCode: 535, response: '535 5.7.8 No', command: 'AUTH PLAIN' },
      'deferred',
      '535 5.7.8',
    ],
    [
      'a sender that the server does not know',
      { responseCode: 550, response: '550 5.1.1 Sender unknown', command: 'MAIL FROM' },
      'deferred',
      '550 5.1.1',
    ],
    ['a server that is closing', { responseCode: 421, response: '421 Bye', command: 'CONN' }, 'deferred', '421'],
    [
      'a message that is not wanted',
      { responseCode: 554, response: '554 5.7.1 Spam', command: 'DATA' },
      'refused',
      '554 5.7.1',
    ],
    ['a name that the library can not send to', { code: 'EENVELOPE', command: 'API' }, 'refused', 'EENVELOPE'],
  ])('%s', (_what, failure, outcome, code) => {
    expect(outcomeOf(failure, true)).toMatchObject({ outcome, code });
  });

  it.each([
    '550 5.1.1 No such user',
    '550 5.1.2 No such domain',
    '553 5.1.3 Bad',
    '556 5.1.10 Null MX',
    '550 5.2.1 Off',
  ])('%s is about the recipient', (response) => {
    const failure = { responseCode: Number(response.slice(0, 3)), response, command: 'RCPT TO' };
    expect(outcomeOf(failure, false)).toMatchObject({ outcome: 'refused', ofRecipient: true });
  });

  it.each(['550 No', '550 5.7.1 Policy', '552 5.2.2 Full', '550 5.1.8 Bad sender'])('%s is not', (response) => {
    const failure = { responseCode: Number(response.slice(0, 3)), response, command: 'RCPT TO' };
    expect(outcomeOf(failure, false)).toMatchObject({ outcome: 'refused', ofRecipient: false });
  });

  it.each(['ETIMEDOUT', 'ECONNECTION', 'ESOCKET'])(
    'without an answer (%s) it depends on what was handed over',
    (code) => {
      expect(outcomeOf({ code, command: 'CONN' }, false)).toEqual({ outcome: 'deferred', code });
      expect(outcomeOf({ code, command: 'CONN' }, true)).toEqual({ outcome: 'unknown', code });
    },
  );
});

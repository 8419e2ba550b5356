import { DEFAULT_SETTINGS, type SiteRow, type SiteSettings } from '../../sites/index.js';
import { enveloped } from './envelope.js';

const composed = { to: 'ada@example.org', subject: 'Hello', html: ['<p>'], text: ['x'] };

function sent(settings: Partial<SiteSettings> = {}, more: object = {}, mailFrom = 'Postil <postil@mail.example>') {
  const site = { name: 'Gazette', settings: { ...DEFAULT_SETTINGS, ...settings } } as SiteRow;
  const context = { site, mailFrom, host: 'comments.example' };
  return enveloped({ id: 'id', siteId: 's' }, { ...composed, ...more }, context);
}

describe('enveloped', () => {
  it.each([
    ['Postil <postil@mail.example>', 'postil@mail.example'],
    ['"A, B" <ab@mail.example>', 'ab@mail.example'],
    ['postil@mail.example', 'postil@mail.example'],
    ['nonsense', 'nonsense'],
  ])('takes the address of %s', (mailFrom, address) => {
    expect(sent({}, {}, mailFrom).from).toEqual({ name: 'Gazette', address });
  });

  it('lets the site say who writes', () => {
    const site = {
      mailSenderName: 'The desk',
      mailSenderAddress: 'desk@gazette.example',
      mailReplyTo: 'us@gazette.example',
    };
    expect(sent(site)).toMatchObject({
      from: { name: 'The desk', address: 'desk@gazette.example' },
      replyTo: 'us@gazette.example',
    });
  });

  it('keeps a header one line, whatever a title holds', () => {
    expect(sent({}, { subject: 'A\r\nBcc: eve@example.org\u2028B' }).subject).toBe('A Bcc: eve@example.org B');
    expect(sent({}, { subject: 'x'.repeat(1_000) }).subject).toHaveLength(250);
    expect(sent({}, { subject: `${'x'.repeat(249)}😀` }).subject).toBe('x'.repeat(249));
    expect(sent({}, { subject: 'A \u202Eb\u2066c\u200F' }).subject).toBe('A bc\u200F');
  });

  it('names a list only where one can be left', () => {
    expect(Object.keys(sent().headers)).toEqual(['Auto-Submitted', 'X-Auto-Response-Suppress']);
    const { headers, references } = sent({}, { unsubscribeUrl: 'https://c.example/u', listId: 'l', conversation: 'c' });
    expect(headers).toMatchObject({ 'List-Unsubscribe': '<https://c.example/u>', 'List-Id': '<l.comments.example>' });
    expect(references).toEqual(['c@comments.example']);
  });
});

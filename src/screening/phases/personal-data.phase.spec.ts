import { commentOf, saidBy } from '../../../test/support/screening.js';
import { passesLuhn } from '../personal-data/cards.js';
import { passesIban } from '../personal-data/ibans.js';

async function found(body: string, params: Record<string, unknown> = {}): Promise<string[]> {
  const findings = await saidBy('personal-data', params, commentOf(body));
  return findings.flatMap(({ evidence }) => evidence.map(({ text = '' }) => text));
}

describe('personal data', () => {
  it.each([
    ['+43 1 5880 10', 'an international number'],
    ['+49 (0)30 901820', 'with the zero that is not dialled'],
    ['+1-202-555-0143', 'with dashes'],
    ['+442079460958', 'in one piece'],
    ['0043 1 588010', 'with two zeros'],
    ['030 / 901820-12', 'as in Germany'],
    ['020 7946 0958', 'as in Britain'],
    ['01 23 45 67 89', 'as in France'],
    ['0664.123.4567', 'with dots'],
    ['06641234567', 'in one piece, within a country'],
    ['(202) 555-0143', 'as in North America'],
    ['202-555-0143', 'the same with dashes'],
    ['4111 1111 1111 1111', 'a card in fours'],
    ['4111111111111111', 'a card in one piece'],
    ['5500-0000-0000-0004', 'a card with dashes'],
    ['3782 822463 10005', 'a card as American Express prints it'],
    ['AT61 1904 3002 3457 3201', 'an account in fours'],
    ['DE89370400440532013000', 'an account in one piece'],
    ['GB82 WEST 1234 5698 7654 32', 'an account with letters'],
    ['jane.doe@mail.example', 'an address'],
    ['jane+news@mail.co.example', 'an address with a tag'],
    ['jürgen@müller.example', 'an address in Unicode'],
    ['jane [at] mail [dot] example', 'an address in disguise'],
    ['jane(at)mail.example', 'half in disguise'],
  ])('%s: %s', async (written) => {
    expect(await found(`Reach her: ${written}, says he`)).toEqual([written]);
    expect(await found(written)).toEqual([written]);
  });

  it.each([
    'On 01.02.2024 and 22/11/2026 and 2026-11-22 12:30:00',
    'From 1914 to 1918, and 1939-1945',
    '1,000,000 people and 12.500.000 euros',
    '0.123456789 of it',
    'ISBN 978-0-306-40615-7 and ISSN 2049-3630',
    'Version 10.0.19045.3803, build 19045',
    'The score was 3-2, then 11-9 11-7 11-5',
    'Coordinates 48.2082, 16.3738',
    'https://news.example/2024/0123456789/4111111111111111x',
    'Order 4111 1111 1111 1112 has a wrong check digit',
    '0000 0000 0000 0000',
    'AT61 1904 3002 3457 3202 does not add up',
    'ZZ61 1904 3002 3457 3201',
    'IP 192.168.100.200',
    'twitter.com/@jane, @jane and @john',
    'meet me [at the station] dot',
    'pi is 3.14159265358979323846',
    '12345',
    'Paragraph 3.2.1 of law 2019/1150',
    '+1 for that! +2 from me',
    '10 20 30 40 50 60 70 80 90',
  ])('is not in %j', async (body) => {
    expect(await found(body)).toEqual([]);
  });

  it('is told by its kinds, with a hint to the author', async () => {
    const findings = await saidBy('personal-data', {}, commentOf('Call 020 7946 0958 or write to jane@mail.example'));
    expect(findings.map(({ explanation }) => explanation)).toEqual([
      'It has what looks like an e-mail address.',
      'It has what looks like a phone number.',
    ]);
    for (const { hint, action } of findings) {
      expect(hint).toMatch(/^Your comment has what looks like an? .+ better take it out\.$/);
      expect(action).toBe('hold');
    }
  });

  it.each<[Record<string, unknown>, string]>([
    [{ phones: false }, '020 7946 0958'],
    [{ cards: false }, '4111 1111 1111 1111'],
    [{ ibans: false }, 'AT61 1904 3002 3457 3201'],
    [{ emails: false }, 'jane@mail.example'],
    [{ allowedEmails: ['ledger.example'] }, 'desk@Ledger.example'],
  ])('may stand where a rule says %j', async (params, body) => {
    expect(await found(body, params)).toEqual([]);
  });

  it('has check digits that catch each wrong digit and each exchange of neighbours', () => {
    const card = '4111111111111111';
    const iban = 'DE89370400440532013000';
    const wrong = (text: string, at: number) => text.slice(0, at) + ((Number(text[at]) + 1) % 10) + text.slice(at + 1);
    expect(passesLuhn(card)).toBe(true);
    expect(passesIban(iban)).toBe(true);
    for (let at = 0; at < card.length; at++) expect(passesLuhn(wrong(card, at))).toBe(false);
    for (let at = 2; at < iban.length; at++) expect(passesIban(wrong(iban, at))).toBe(false);
    expect(passesIban('DE89370400440532010300')).toBe(false);
  });
});

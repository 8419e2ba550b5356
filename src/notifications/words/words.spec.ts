import { CATALOGUE, wordsIn } from './index.js';

/** Each text of a catalogue by its path; what is made of values, of some. */
function textsOf(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node]]);
  if (typeof node === 'function')
    return new Map([[path, String((node as (...values: unknown[]) => unknown)(7, 'B', 9))]]);
  const entries = Object.entries(node as Record<string, unknown>);
  return new Map(entries.flatMap(([key, value]) => [...textsOf(value, `${path}.${key}`)]));
}

describe('the words of mails', () => {
  const english = textsOf(CATALOGUE.en);

  it.each(['de', 'fr', 'es'] as const)('are complete in %s, and not left in English', (language) => {
    const texts = textsOf(CATALOGUE[language]);
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
    for (const text of texts.values()) expect(text).toMatch(/\S/);
    const same = [...texts].filter(([key, text]) => english.get(key) === text && /\p{L}{3}/u.test(text));
    expect(same.map(([key]) => key)).toEqual([]);
  });

  it.each(['en', 'de', 'fr', 'es'] as const)('count one and many in %s', (language) => {
    const { subject, more, staffDigest } = CATALOGUE[language].mail;
    for (const counted of [(n: number) => subject.digest(n, 'x'), more, staffDigest.posted, staffDigest.reported]) {
      expect(counted(1).replace('1', '2')).not.toBe(counted(2));
    }
  });

  it('are English where the language is none of these', () => {
    expect(wordsIn('tlh')).toBe(CATALOGUE.en);
  });
});

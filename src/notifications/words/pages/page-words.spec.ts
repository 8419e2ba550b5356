import { LANGUAGES } from '../../addresses/languages.js';
import { PAGE_WORDS } from './index.js';

type Said = Record<string, string>;

/** Everything that is said, by where it stands; functions with names of their parameters as arguments. */
function said(words: unknown, path = ''): Said {
  if (typeof words === 'string') return { [path]: words };
  if (typeof words === 'function') {
    const choices = path.endsWith('storedConsent') ? ['asked', 'confirmed', 'withdrawn'] : ['ONE'];
    const speak = words as (...values: (string | null)[]) => string;
    return Object.assign(
      {},
      ...choices.map((one) => ({ [`${path}(${one})`]: speak(one, 'TWO', 'THREE', null) })),
    ) as Said;
  }
  const parts = Object.entries(words as object).map(([name, part]) => said(part, `${path}/${name}`));
  return Object.assign({}, ...parts) as Said;
}

describe('the words of the pages', () => {
  const english = said(PAGE_WORDS.en);

  it.each(LANGUAGES.filter((language) => language !== 'en'))('are complete in %s, and not English', (language) => {
    const own = said(PAGE_WORDS[language]);
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
    for (const [place, text] of Object.entries(own)) {
      expect([place, text.trim()]).not.toEqual([place, '']);
      expect([place, text]).not.toEqual([place, english[place]]);
      // What is filled in stands in each language.
      const filled = (one: string | undefined) => ['ONE', 'TWO', 'THREE'].filter((value) => one?.includes(value));
      expect([place, filled(text)]).toEqual([place, filled(english[place])]);
    }
  });
});

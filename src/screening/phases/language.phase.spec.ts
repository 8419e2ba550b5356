import { commentOf, saidBy } from '../../../test/support/screening.js';

const GERMAN = 'Der Stadtrat hat gestern beschlossen, dass die Nachtbusse wieder fahren sollen, und das ist gut so.';
const ENGLISH = 'The council decided yesterday that the night buses should run again, and that is a good thing.';
const DANISH = 'Byrådet besluttede i går, at natbusserne skal køre igen, og det er en rigtig god ting for alle.';

describe('language', () => {
  it.each<[string, string[], string, string | undefined]>([
    ['of the site', ['en'], ENGLISH, undefined],
    ['another', ['en'], GERMAN, 'de'],
    ['one of several', ['en', 'de'], GERMAN, undefined],
    [
      'another alphabet',
      ['en'],
      'Вчера совет решил, что ночные автобусы снова должны ходить, и это хорошо для всех нас.',
      'ru',
    ],
    [
      'without spaces',
      ['en'],
      '昨天市议会决定夜班公交车应该重新运行，这对所有的市民来说都是一件好事情。'.repeat(2),
      'zh',
    ],
    ['a near relative', ['no'], DANISH, undefined],
    ['too short to tell', ['en'], 'Das ist gut so, oder?', undefined],
    ['a quotation', ['en'], `> ${GERMAN}\n\nI do not agree at all.`, undefined],
    [
      'addresses',
      ['en'],
      'https://beispiel.example/der-stadtrat-hat-gestern-beschlossen-dass-die-nachtbusse-fahren ok',
      undefined,
    ],
    ['names', ['en'], 'Jean-Luc, Wolfgang, Guadalupe, Siobhán, Włodzimierz, Þórdís, Giuseppe, Nguyễn', undefined],
    ['no words at all', ['en'], '😀😀😀 12345 !!!', undefined],
  ])('%s', async (_what, languages, body, guess) => {
    const findings = await saidBy('language', { languages }, commentOf(body));
    expect(findings.map(({ explanation }) => /“(.*)”/.exec(explanation)?.[1])).toEqual(guess ? [guess] : []);
  });
});

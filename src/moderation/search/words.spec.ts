import { queryOf, vectorOf, wordsOf } from './words.js';

const SITE = '01a20501-752b-7177-a041-953858abcdef';
const words = (text: string) => wordsOf(text).map(({ word }) => word);

describe('the words of a text', () => {
  it.each([
    ["Don't SHOUT, please!", ['don', 't', 'shout', 'please']],
    ['Café crème, naïve', ['cafe', 'creme', 'naive']],
    ['ｆｕｌｌ width', ['full', 'width']],
    ['https://www.example.com/a_b?c=1', ['https', 'www', 'example', 'com', 'a', 'b', 'c', '1']],
    ['Привет, мир', ['привет', 'мир']],
    ['東京タワー高い', ['東', '京', 'タ', 'ワ', 'ー', '高', 'い']],
    ['Nr5東京x', ['nr5', '東', '京', 'x']],
    ['สวัสดี', ['ส', 'วั', 'ส', 'ดี']],
    ['नमस्ते दुनिया', ['नमस्ते', 'दुनिया']],
    ['한국어 댓글', ['한국어', '댓글']],
    ['العربية', ['العربية']],
    ['!!! 👍', []],
  ])('%s', (text, expected) => expect(words(text)).toEqual(expected));

  it('are not longer than an index can hold', () => {
    expect(words('x'.repeat(5_000))).toEqual(['x'.repeat(100)]);
    expect(vectorOf(SITE, 'a '.repeat(20_000)).length).toBeLessThan(2_000);
  });
});

describe('what is looked for', () => {
  it.each([
    ['moderat', `('abcdefmoderat':*)`],
    ['a bc', `('abcdefa') & ('abcdefbc')`],
    ['"kind regards" al', `('abcdefkind' <-> 'abcdefregards') & ('abcdefal')`],
    ['example.com', `('abcdefexample' <-> 'abcdefcom':*)`],
    ['東京', `('abcdef東' <-> 'abcdef京')`],
    [`' \\ :* & | ! <->`, undefined],
    ['"open quote', `('abcdefopen' <-> 'abcdefquote')`],
    ['', undefined],
  ])('%s', (text, expected) => expect(queryOf(SITE, text)).toBe(expected));
});

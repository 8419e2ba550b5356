import { locate } from './locate.js';

const text =
  'The mayor said no. Later the mayor said yes.\nThe council said\u00a0noth\u00ading, and café society agreed.';

describe('locate', () => {
  it('finds a quote that stands once, whatever context or position came with it', () => {
    const at = text.indexOf('Later');
    expect(locate(text, { quote: { exact: 'Later' } })).toEqual({ start: at, end: at + 5 });
    expect(locate(text, { quote: { exact: 'Later', prefix: 'elsewhere' }, position: { start: 0, end: 5 } })).toEqual({
      start: at,
      end: at + 5,
    });
  });

  it('tells several places apart by their context', () => {
    const second = text.lastIndexOf('mayor said');
    expect(locate(text, { quote: { exact: 'mayor said', prefix: 'Later the ' } })).toEqual({
      start: second,
      end: second + 10,
    });
    expect(locate(text, { quote: { exact: 'mayor said', suffix: ' no. Later' } })).toEqual({ start: 4, end: 14 });
  });

  it('lets the position break a tie only where the quote stands exactly there', () => {
    const quote = { exact: 'said' };
    expect(locate(text, { quote, position: { start: 10, end: 14 } })).toEqual({ start: 10, end: 14 });
    expect(locate(text, { quote, position: { start: 11, end: 15 } })).toBe('ambiguous');
    expect(locate(text, { quote })).toBe('ambiguous');
  });

  it('prefers context to the position', () => {
    const second = text.lastIndexOf('mayor said');
    const quote = { exact: 'mayor said', prefix: 'no. Later the ', suffix: ' yes.' };
    expect(locate(text, { quote, position: { start: 4, end: 14 } })).toEqual({ start: second, end: second + 10 });
  });

  it('does not decide by a letter or two of context', () => {
    expect(locate('xa one two. ya one two.', { quote: { exact: 'one two', prefix: 'zzzzza ' } })).toBe('ambiguous');
  });

  it('finds a quote whose spaces, soft hyphens or composition a browser changed', () => {
    const found = locate(text, { quote: { exact: 'said nothing,\nand cafe\u0301' } });
    expect(found).toEqual({ start: text.indexOf('said\u00a0'), end: text.indexOf(' society') });
  });

  it('says that a quote is not there', () => {
    expect(locate(text, { quote: { exact: 'The mayor resigned' } })).toBe('not-found');
    expect(locate(text, { quote: { exact: '  ' } })).toBe('not-found');
    expect(locate('😀', { quote: { exact: '\ude00' } })).toBe('not-found');
  });
});

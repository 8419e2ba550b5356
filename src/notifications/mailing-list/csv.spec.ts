import { csvRow } from './csv.js';
import { pageOf } from './page-of.js';

describe('csvRow', () => {
  it('is a row of RFC 4180', () => {
    const at = new Date('2026-11-22T10:00:00Z');
    expect(csvRow(['a', 1, null, at])).toBe('a,1,,2026-11-22T10:00:00.000Z\r\n');
    expect(csvRow(['a "b", c', 'two\nlines'])).toBe('"a ""b"", c","two\nlines"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '|calc', '%x'])(
    'gives no spreadsheet %j to run',
    (text) => {
      expect(csvRow([text]).replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );
});

describe('pageOf', () => {
  const origins = ['https://news.example'];
  const at = (referer?: string, origin?: string) => pageOf({ referer, origin }, origins);

  it('is origin and path of the site’s own pages, as far as the browser tells', () => {
    expect(at('https://news.example/a/b?reader=7#x', 'https://news.example')).toBe('https://news.example/a/b');
    expect(at(undefined, 'https://news.example')).toBe('https://news.example');
    expect(at('https://news.example/', undefined)).toBe('https://news.example/');
    expect(at(`https://news.example/${'x'.repeat(1_000)}`)).toHaveLength(500);
  });

  it('is nothing of anybody else', () => {
    expect(at('https://elsewhere.example/a', 'https://elsewhere.example')).toBeNull();
    expect(at('https://news.example.evil.example/a')).toBeNull();
    expect(at('no address')).toBeNull();
    expect(at()).toBeNull();
    expect(at('https://elsewhere.example/a', 'https://news.example')).toBe('https://news.example');
  });
});

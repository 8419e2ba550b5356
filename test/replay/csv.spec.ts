import { COLUMNS, generateCsv } from './generate.js';
import { parseCsv, toCsv } from './csv.js';

describe('parseCsv', () => {
  it.each([
    ['plain fields', 'a,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['no line break at the end', 'a,b\n1,2', [{ a: '1', b: '2' }]],
    ['an empty last field', 'a,b\n1,', [{ a: '1', b: '' }]],
    ['commas, quotes and line breaks in quotes', 'a,b\n"1,""x""","y\r\nz"\r\n', [{ a: '1,"x"', b: 'y\r\nz' }]],
    ['a byte order mark: of the file, and within a text', '\ufeffa,b\n1,x\ufeff\n', [{ a: '1', b: 'x\ufeff' }]],
    ['empty lines', 'a,b\n\n1,2\n\n', [{ a: '1', b: '2' }]],
    ['nothing', '', []],
  ])('reads %s', (_, text, expected) => {
    expect(parseCsv(text)).toEqual(expected);
  });

  it.each([
    ['too few fields', 'a,b\n1\n', 'record 1 has 1 fields, the first line names 2'],
    ['text behind a quoted field', 'a,b\n"1"x,2\n', 'record 1 has a quote that is out of place'],
    ['a quote that never ends', 'a,b\n"1,2\n', 'record 1 has a quote that is out of place'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseCsv(text)).toThrow(message);
  });

  it('gives back what toCsv wrote of generated comments', () => {
    const text = generateCsv(200, 7);
    const records = parseCsv(text);
    expect(records).toHaveLength(200);
    const written = toCsv(
      COLUMNS,
      records.map((record) => COLUMNS.map((name) => record[name] ?? '')),
    );
    expect(written).toBe(text);
    expect(records.filter((record) => /[,"\n]/.test(record['CONTENT'] ?? '')).length).toBeGreaterThan(20);
  });
});

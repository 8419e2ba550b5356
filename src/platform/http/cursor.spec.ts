import fc from 'fast-check';
import { DomainError } from '../errors.js';
import { Cursor, isInstant, isUuid, page } from './cursor.js';

const anything = (parts: readonly unknown[]): parts is unknown[] => Array.isArray(parts);

describe('Cursor', () => {
  it('gives back what it was made of', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.oneof(fc.string(), fc.integer(), fc.uuid())), (list, position) => {
        const cursor = Cursor.encode(list, position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(Cursor.decode(list, cursor, anything)).toEqual(position);
      }),
    );
  });

  it('is refused by another list, and where it was changed or made up', () => {
    const refused = (list: string, cursor: string) => {
      try {
        return Cursor.decode(list, cursor, anything);
      } catch (error) {
        return error instanceof DomainError ? error.code : error;
      }
    };
    expect(refused('b', Cursor.encode('a', [1]))).toBe('malformed-cursor');
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (made) => {
        expect(refused('a', made)).toBe('malformed-cursor');
      }),
    );
  });

  it('may be left out', () => {
    expect(Cursor.decode('a', undefined, anything)).toBeUndefined();
    expect(Cursor.decode('a', '', anything)).toBeUndefined();
  });

  it('checks instants as the database will read them', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0001-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59.999Z'),
          noInvalidDate: true,
        }),
        (at) => {
          expect(isInstant(at.toISOString())).toBe(true);
        },
      ),
    );
    const wrong = [
      '2026-02-30T00:00:00.000Z',
      '2026-01-01T24:00:00.000Z',
      '0000-01-01T00:00:00.000Z',
      '2026-01-01',
      '+010000-01-01T00:00:00.000Z',
      5,
      null,
    ];
    expect(wrong.filter(isInstant)).toEqual([]);
    expect(
      ['01a203d8-cae5-72ad-9e63-47c5712af953', 'x', '01A203D8-CAE5-72AD-9E63-47C5712AF953', 5].map(isUuid),
    ).toEqual([true, false, false, false]);
  });
});

describe('page', () => {
  it('cuts a list into pages that are the list, whatever their length', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (rows, limit) => {
        const walked: number[] = [];
        for (let from = 0; ;) {
          const { items, nextCursor } = page(rows.slice(from, from + limit + 1), limit, String);
          walked.push(...items);
          if (nextCursor === null) break;
          expect(items).toHaveLength(limit);
          from = rows.indexOf(Number(nextCursor)) + 1;
        }
        expect(walked).toEqual(rows);
      }),
    );
  });
});

import { DomainError } from '../platform/errors.js';
import { displayName } from './display-name.js';

describe('displayName', () => {
  it.each([
    ['Ada', 'Ada'],
    ['  Ada \t\n Lovelace ', 'Ada Lovelace'],
    ['Zoe\u0308', 'Zoë'],
    ['Ada\u202eevil\u202c', 'Adaevil'],
    ['A\u0000d\u001ba\u200b', 'Ada'],
    ['Ada \u200e Lovelace', 'Ada Lovelace'],
    ['نیم\u200cفاصله', 'نیم\u200cفاصله'],
    ['👩\u200d🚀', '👩\u200d🚀'],
    ['<b>Ada</b>', '<b>Ada</b>'],
    ['😀'.repeat(80), '😀'.repeat(80)],
  ])('%j becomes %j, and stays so', (raw, name) => {
    expect(displayName(raw)).toBe(name);
    expect(displayName(name)).toBe(name);
  });

  it.each(['', '   ', '\u200b\u202e', '\u200d', '\u0301', '\u3164', '\ud800', '😀'.repeat(81)])('refuses %j', (raw) => {
    expect(() => displayName(raw)).toThrow(DomainError);
  });
});

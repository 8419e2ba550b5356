import fc from 'fast-check';
import { BodyEncoder } from './mail-body.js';

/** RFC 2045, 6.7. */
function decoded(encoded: string): string {
  const bytes = encoded
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const lines = fc
  .array(fc.oneof(text, fc.constantFrom('.', ' ', '=', 'From me', 'ü'.repeat(90), 'https://x.example/mu_a-b.c')))
  .map((all) => all.join('\n'));
const body = fc.array(
  lines.map((one) => one.replace(/\r/g, '')),
  { maxLength: 4 },
);

describe('BodyEncoder', () => {
  const encoder = new BodyEncoder();

  it('keeps every character, in lines that every mail server takes', () => {
    fc.assert(
      fc.property(body, (pieces) => {
        // What is known by now, and what is new, come to the same.
        for (const encoded of [encoder.encode(pieces), encoder.encode(pieces)]) {
          expect(decoded(encoded)).toBe(pieces.join('').replace(/\n/g, '\r\n'));
          expect(encoded).toMatch(/^(?:[\x20-\x7e\t]{0,76}(?:\r\n|$))*$/);
        }
      }),
    );
  });
});

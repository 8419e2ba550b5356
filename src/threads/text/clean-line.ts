/** One line, single spaces, no control characters; may be empty. */
export function cleanLine(raw: string): string {
  return raw
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

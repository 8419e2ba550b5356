/** What a spreadsheet would take for a formula, also behind a tab or a line break. */
const FORMULA = /^[=+\-@\t\r\n|%]/;

/**
 * One row of CSV (RFC 4180), ended by CRLF. A cell that a spreadsheet would run as a formula gets an apostrophe before
 * it, which spreadsheets take for "this is text": programs that read such a file strip it.
 */
export function csvRow(cells: readonly (string | number | Date | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | Date | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

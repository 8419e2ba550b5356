/** One field and what ends it: quoted, where quotes inside are doubled, or plain. */
const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n][^,\r\n]*)?)(,|\r\n|\r|\n|$)/y;

/**
 * RFC 4180: records as objects by the names in the first line. Whatever stands in a field stays as it is.
 * @throws what is wrong, and in which record
 */
export function parseCsv(text: string): Record<string, string>[] {
  const [header, ...records] = rowsOf(text.replace(/^\ufeff/, ''));
  if (!header) return [];
  return records.map((fields, index) => {
    if (fields.length === header.length)
      return Object.fromEntries(header.map((name, column) => [name, fields[column] ?? '']));
    throw new Error(`record ${index + 1} has ${fields.length} fields, the first line names ${header.length}`);
  });
}

function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length || row.length > 0) {
    const match = FIELD.exec(text);
    if (!match) throw new Error(`record ${rows.length} has a quote that is out of place`);
    row.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === ',') continue;
    // A line without anything in it is no record.
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

/** The same back: every field that needs quotes has them. */
export function toCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const quoted = (field: string) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  return [header, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

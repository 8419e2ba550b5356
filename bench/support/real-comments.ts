import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(process.env.POSTIL_DATA ?? '../shared/data', 'comments');

/** The CONTENT column of RFC 4180 rows, the markup that it came with as plain text. */
function contents(csv: string): string[] {
  const rows = [...csv.matchAll(/(?<=^|\n)(?:[^",\n]*,){3}(?:"((?:[^"]|"")*)"|([^",\n]*)),[01]\r?(?=\n|$)/g)];
  return rows.map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '')
      .replace(/<br ?\/?>/g, '\n')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .trim(),
  );
}

/** Comments as people wrote them; none where the data is missing. */
export function realComments(): string[] {
  if (!existsSync(FOLDER)) return [];
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.csv'));
  return files.flatMap((name) => contents(readFileSync(join(FOLDER, name), 'utf8'))).filter((text) => text !== '');
}

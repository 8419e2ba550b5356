import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The product's own code as text, without its suites: for comparing lists in documents with what the code says. */
export function sourceFiles(): string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(path.join('src', name), 'utf8'));
}

/** What the pattern's first group finds anywhere, sorted, once each. */
export function found(pattern: RegExp, texts: readonly string[] = sourceFiles()): string[] {
  return sorted(texts.flatMap((text) => [...text.matchAll(pattern)].flatMap(([, one]) => one ?? [])));
}

export function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** The rows of the first table under a heading (of the first one in the file without), as cells without backticks. */
export function table(file: string, heading = ''): string[][] {
  const text = readFileSync(file, 'utf8');
  const [, below = ''] = heading === '' ? ['', text] : text.split(`\n## ${heading}\n`);
  const rows = below.split('\n## ')[0]?.match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

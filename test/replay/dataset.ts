import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCsv } from './csv.js';
import { COLUMNS, generateCsv } from './generate.js';

/** One comment to be played, with what a person said of it. */
export interface SourceComment {
  author: string;
  body: string;
  spam: boolean;
}

const CI_FILE = 'comments/video-1.csv';
const GENERATED_COMMENTS = 350;

/** @throws which file is wrong, and where */
export function readComments(files: readonly string[]): SourceComment[] {
  return files.flatMap((file) => {
    try {
      return commentsOf(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
    }
  });
}

/** One real file where the data is at hand, else a generated one of the same columns; `source` says which. */
export function commentsForCi(folder: string, seed: number): { source: string; comments: SourceComment[] } {
  const file = path.join(folder, CI_FILE);
  if (existsSync(file)) return { source: file, comments: readComments([file]) };
  const source = `${GENERATED_COMMENTS} generated comments (${file} is not there)`;
  return { source, comments: generateComments(GENERATED_COMMENTS, seed) };
}

export function generateComments(count: number, seed: number): SourceComment[] {
  return commentsOf(generateCsv(count, seed));
}

function commentsOf(text: string): SourceComment[] {
  return parseCsv(text).map((record, index) => {
    const missing = COLUMNS.find((column) => record[column] === undefined);
    if (missing) throw new Error(`there is no column ${missing}`);
    const { AUTHOR = '', CONTENT = '', CLASS } = record;
    if (CLASS !== '0' && CLASS !== '1') throw new Error(`record ${index + 1}: CLASS is neither 0 nor 1`);
    return { author: AUTHOR, body: CONTENT, spam: CLASS === '1' };
  });
}

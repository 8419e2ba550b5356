import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complete, type Range, reanchor } from './index.js';

/** Wikipedia articles (CC BY-SA 3.0), not part of the project: see docs/decisions/010-anchoring.md. */
const FOLDER = join(process.env.POSTIL_DATA ?? '../shared/data', 'anchoring');
const FILES = ['revisions.json', 'cases.json'].map((name) => join(FOLDER, name));
const missing = FILES.filter((file) => !existsSync(file));

interface RealCase {
  article: string;
  from_rev: number;
  to_rev: number;
  start: number;
  end: number;
  kind: string;
  expected: Range | null;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The data counts code points. */
const toUnits = (text: string, codePoints: number): number => [...text].slice(0, codePoints).join('').length;

function overlapOf(one: Range, other: Range): number {
  const both = Math.min(one.end, other.end) - Math.max(one.start, other.start);
  return Math.max(0, both) / (Math.max(one.end, other.end) - Math.min(one.start, other.start));
}

interface Followed {
  kind: string;
  found: boolean;
  overlap: number;
}

/** Follows all passages of one pair of revisions at once, as publishing does. */
function followAll(cases: readonly RealCase[], revisions: Map<string, string[]>): Followed[] {
  const pairs = Map.groupBy(cases, ({ article, from_rev, to_rev }) => JSON.stringify([article, from_rev, to_rev]));
  return [...pairs.values()].flatMap((ofPair) => {
    const { article, from_rev, to_rev } = ofPair[0]!;
    const [oldText, newText] = [revisions.get(article)![from_rev]!, revisions.get(article)![to_rev]!];
    const passages = ofPair.map(({ start, end }) => complete(oldText, toUnits(oldText, start), toUnits(oldText, end)));
    return reanchor(oldText, newText, passages).map((result, index) => {
      const { kind, expected } = ofPair[index]!;
      const range = result.state === 'orphaned' ? null : result.selectors.position;
      const truth = expected && { start: toUnits(newText, expected.start), end: toUnits(newText, expected.end) };
      return { kind, found: range !== null, overlap: range && truth ? overlapOf(range, truth) : 0 };
    });
  });
}

if (missing.length > 0)
  // A name in the report instead of silence: these did not run.
  it.skip(`real revisions: missing ${missing.join(', ')}`, () => undefined);
else
  describe('reanchor, over real revisions of real articles', () => {
    const { articles } = readJson(FILES[0]!) as { articles: { title: string; revisions: string[] }[] };
    const { cases } = readJson(FILES[1]!) as { cases: RealCase[] };
    const followed = followAll(cases, new Map(articles.map(({ title, revisions }) => [title, revisions])));
    const share = (kinds: string[], right: (result: Followed) => boolean): number => {
      const chosen = followed.filter(({ kind }) => kinds.includes(kind));
      expect(chosen.length).toBeGreaterThan(50);
      return chosen.filter(right).length / chosen.length;
    };

    it('follows every sentence that stayed or moved, with exact bounds', () => {
      expect(share(['exact', 'moved_or_context_changed'], ({ overlap }) => overlap === 1)).toBeGreaterThan(0.99);
    });

    it('follows edited sentences', () => {
      expect(share(['fuzzy'], ({ overlap }) => overlap >= 0.5)).toBeGreaterThanOrEqual(0.99);
      expect(share(['fuzzy'], ({ overlap }) => overlap >= 0.8)).toBeGreaterThanOrEqual(0.97);
      expect(share(['fuzzy'], ({ overlap }) => overlap === 1)).toBeGreaterThanOrEqual(0.9);
    });

    it('orphans what is gone; about a fifth of these labels are wrong and the sentence is there, edited', () => {
      expect(share(['gone'], ({ found }) => !found)).toBeGreaterThan(0.8);
    });
  });

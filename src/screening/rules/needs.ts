/** What a kind looks at beside the text, and posting has to ask the database for. */
export type Need = 'published' | 'decided' | 'posted' | 'texts';

/** How far back, and how many of the newest. */
export interface Reach {
  readonly seconds: number;
  readonly most: number;
}

/** Nothing is asked for that no live rule of the site needs. */
export type Needs = ReadonlyMap<Need, Reach>;

/** What all of them need: the furthest of each. */
export function union(all: readonly Partial<Record<Need, Reach>>[]): Needs {
  const needs = new Map<Need, Reach>();
  for (const [need, { seconds, most }] of all.flatMap((one) => Object.entries(one) as [Need, Reach][])) {
    const known = needs.get(need);
    needs.set(need, { seconds: Math.max(seconds, known?.seconds ?? 0), most: Math.max(most, known?.most ?? 0) });
  }
  return needs;
}

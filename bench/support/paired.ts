import { median, rangeOf, type Range } from './statistics.js';

/** The fewest from which a median is believed. */
export const ROUNDS = 9;
/** With more between the best and the worst round of the bare side, the machine was too busy to say anything. */
const SPREAD_LIMIT = 2;

export type Sides<Name extends string> = Record<Name, () => Promise<number>>;
export type Rounds<Name extends string> = Record<Name, number[]>;

/**
 * Measures all sides in short rounds, one after the other, in turns from the front and from the back: what else the
 * machine does meets all of them alike.
 */
export async function alternate<Name extends string>(sides: Sides<Name>, rounds = ROUNDS): Promise<Rounds<Name>> {
  const names = Object.keys(sides) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Rounds<Name>;
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) measured[name].push(await sides[name]());
  }
  return measured;
}

export interface Ratio {
  value: number;
  range: Range;
  /** False: the bare side's own rounds differ too much. */
  steady: boolean;
}

/** Round by round, and of those the median. */
export function ratioOf(ours: readonly number[], bare: readonly number[]): Ratio {
  const ratios = ours.map((value, round) => value / (bare[round] ?? NaN));
  const spread = rangeOf(bare);
  return { value: median(ratios), range: rangeOf(ratios), steady: spread.max <= SPREAD_LIMIT * spread.min };
}

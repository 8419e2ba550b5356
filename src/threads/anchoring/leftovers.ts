/** Tokens that no token of the other text was matched with. */
export interface Leftovers {
  /** Their numbers, with a wall (a negative number found nowhere else) wherever something matched lay between. */
  ids: Int32Array;
  /** Where each stands in the text; -1 for a wall. */
  positions: Int32Array;
}

/** The unmatched tokens of one side. Walls count down from `firstWall` by two, so that both sides' differ. */
export function leftovers(ids: Int32Array, matches: Int32Array, firstWall: number): Leftovers {
  const left: number[] = [];
  const positions: number[] = [];
  let wall = firstWall;
  for (const [position, id] of ids.entries()) {
    if (matches[position] !== -1) continue;
    const last = positions.at(-1);
    if (last !== undefined && last !== position - 1) {
      left.push(wall);
      positions.push(-1);
      wall -= 2;
    }
    left.push(id);
    positions.push(position);
  }
  return { ids: Int32Array.from(left), positions: Int32Array.from(positions) };
}

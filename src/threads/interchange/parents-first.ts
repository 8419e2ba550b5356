interface Item {
  sourceId: string;
  replyTo: readonly string[];
}

/**
 * What replies after what it replies to, otherwise in the order given; each id once. What replies to itself, however
 * many steps around, comes last: its parent will not be known.
 */
export function parentsFirst<T extends Item>(items: readonly T[]): T[] {
  const byId = new Map<string, T>();
  for (const item of items) if (!byId.has(item.sourceId)) byId.set(item.sourceId, item);
  const ordered = new Set<T>();
  for (const item of byId.values()) {
    // A chain upwards, then down again: no recursion, chains may be a thousand long.
    const chain: T[] = [];
    const seen = new Set<T>();
    for (let at: T | undefined = item; at && !ordered.has(at) && !seen.has(at);) {
      chain.push(at);
      seen.add(at);
      at = at.replyTo.map((id) => byId.get(id)).find((parent) => parent !== undefined);
    }
    for (const each of chain.reverse()) ordered.add(each);
  }
  return [...ordered];
}

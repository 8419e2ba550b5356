/** The least UUIDv7 that can have been drawn at that time, in milliseconds since 1970, or later. */
export function idAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** When a UUIDv7 was drawn: milliseconds since 1970, by the clock of whoever drew it. */
export function timeOfId(id: string): number {
  return parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

/** Ids are drawn by nodes, times by the database; whoever finds one by the other allows for so much between their clocks. */
export const CLOCKS_DIFFER_MS = 300_000;

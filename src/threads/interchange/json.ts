/** Looking at JSON that somebody else made. */
export type Json = Record<string, unknown>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** JSON-LD: one value or a list of them. */
export function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The identifier of a resource that is named, or described. */
export function idOf(value: unknown): string | undefined {
  return text(value) ?? text(record(value).id) ?? text(record(value)['@id']);
}

export function typesOf(value: Json): unknown[] {
  return list(value.type ?? value['@type']);
}

import { isRecord, list, record, text, type Json } from './json.js';

/** An annotation as the API of Hypothesis gives it: https://h.readthedocs.io/en/latest/api-reference/v1/ */
export function isHypothesis(value: unknown): value is Json {
  return isRecord(value) && text(value.user) !== undefined && text(value.uri) !== undefined && !('type' in value);
}

/** The same as a W3C Web Annotation, with `postil:hidden` and `postil:notPublic` for what the W3C has no word for. */
export function fromHypothesis(row: Json): Json {
  const id = text(row.id) ?? '';
  const html = text(record(row.links).html);
  // A server of one's own has other addresses; replies name the bare ids.
  const base = html?.endsWith(`/${id}`) ? html.slice(0, -id.length) : 'https://hypothes.is/a/';
  const answered = list(row.references).flatMap((reference) => text(reference) ?? []);
  const readers = record(row.permissions).read;
  return {
    type: 'Annotation',
    ...(id === '' ? {} : { id: `${base}${id}` }),
    motivation: answered.length > 0 ? 'replying' : 'commenting',
    created: row.created,
    creator: { id: row.user, name: record(row.user_info).display_name },
    body: { type: 'TextualBody', value: row.text, format: 'text/markdown' },
    // The one it answers stands last; where that was deleted there, the one before it.
    target:
      answered.length > 0 ? answered.reverse().map((reference) => `${base}${reference}`) : (row.target ?? row.uri),
    'postil:hidden': row.hidden === true,
    'postil:notPublic': Array.isArray(readers) && !readers.includes('group:__world__'),
  };
}

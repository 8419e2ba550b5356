import type { Finding } from '../shared/api-types.js';
import { h } from '../shared/dom.js';

/** The text with the places marked that rules point at; what they say of each stands in its title. */
export function markedText(body: string, findings: readonly Finding[]): (Node | string)[] {
  const spans = findings
    .flatMap(({ rule, evidence }) => evidence.map(({ start, end }) => ({ start, end, rule })))
    .filter(({ start, end }) => end > start && end <= body.length)
    .sort((one, other) => one.start - other.start);
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const { start, end, rule } of spans) {
    // Of two that overlap the first is marked whole, the second from there on.
    const from = Math.max(start, at);
    if (from >= end) continue;
    parts.push(body.slice(at, from), h('mark', { title: rule }, body.slice(from, end)));
    at = end;
  }
  return [...parts, body.slice(at)];
}

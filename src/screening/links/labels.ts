import type { Link } from '../phase.js';
import { domainOf } from './domain.js';

/** Every link of the rendered comment, up to its end. */
const ANCHOR = /<a href="[^"]*"[^>]*>(.*?)<\/a>/gs;
const INVISIBLE = /[\s\p{Cf}\p{Default_Ignorable_Code_Point}\p{P}]/gu;
const ADDRESS = /^(?:https?:\/\/|www\.)([^\s/?#:]+)/i;
const BARE = /^((?:[\p{L}\p{N}-]+\.)+(?:com|org|net|info|biz|edu|gov|news|shop|online))(?:[/?#:]|$)/iu;

/** What readers see of each link, by the order of links; empty where the two cannot be told together. */
export function labelsOf(html: string, links: readonly Link[]): readonly string[] {
  const labels = [...html.matchAll(ANCHOR)].map(([, inner = '']) =>
    inner.replace(/<[^>]*>/g, '').replaceAll('&amp;', '&'),
  );
  return labels.length === links.length ? labels : [];
}

/** A link that nobody sees, or takes for a full stop. */
export const isHidden = (label: string) => label.replace(INVISIBLE, '') === '';

/** The domain that a label says it leads to. `Node.js` says none. */
export function domainSaid(label: string): string | undefined {
  const said = ADDRESS.exec(label.trim())?.[1] ?? BARE.exec(label.trim())?.[1];
  return said === undefined ? undefined : domainOf(said.replace(/^www\./i, ''));
}

import { h } from '../shared/dom.js';

/** A disc with the first letter, in a colour that stays with the reader. Names beside it say the rest. */
export function avatar(): { element: HTMLElement; show(author: { id: string; name: string }): void } {
  const element = h('span', { class: 'avatar', 'aria-hidden': 'true' });
  return {
    element,
    show({ id, name }) {
      element.textContent = firstLetter(name);
      element.style.setProperty('--hue', String(hueOf(id)));
    },
  };
}

function firstLetter(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? '?';
}

/** FNV-1a: ids that differ in their last character get colours far apart. */
function hueOf(id: string): number {
  let hash = 2_166_136_261;
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
  return (hash >>> 0) % 360;
}

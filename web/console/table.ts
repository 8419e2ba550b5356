import { h } from '../shared/dom.js';

type Cell = string | HTMLElement;

/** Figures by row; the first cell of each names it. */
export function table(caption: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): HTMLElement {
  if (rows.length === 0) return h('p', { class: 'context' }, `${caption}: nothing in this period.`);
  return h(
    'div',
    { class: 'table' },
    h(
      'table',
      {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...columns.map((text) => h('th', { scope: 'col' }, text)))),
      h(
        'tbody',
        {},
        ...rows.map(([name = '', ...cells]) =>
          h('tr', {}, h('th', { scope: 'row' }, name), ...cells.map((cell) => h('td', {}, cell))),
        ),
      ),
    ),
  );
}

/** A number, and its share of the largest as a bar behind it. */
export function bar(value: number, largest: number): HTMLElement {
  const cell = h('span', { class: 'figure' }, value.toLocaleString('en'));
  cell.style.setProperty('--share', `${largest > 0 ? Math.round((100 * value) / largest) : 0}%`);
  return cell;
}

export const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`);

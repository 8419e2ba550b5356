const NAMESPACE = 'http://www.w3.org/2000/svg';

const PATHS = {
  up: 'M8 3.5 13 9H9.5v4h-3V9H3z',
  bell: 'M8 2a4 4 0 0 0-4 4v3l-1.3 2.3h10.6L12 9V6a4 4 0 0 0-4-4zM6.5 13a1.5 1.5 0 0 0 3 0',
  down: 'M8 12.5 3 7h3.5V3h3v4H13z',
} as const;

/** A drawing of 16 by 16 in the colour of the text; its meaning stands in the label of what holds it. */
export function icon(name: keyof typeof PATHS): SVGElement {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(NAMESPACE, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

import { type Layer, LAYERS, LOOKS, type Painter } from './painter.js';

const nameOf = (layer: Layer): string => `postil-${layer}`;

/** Not by colour alone: a line below the words too, which high contrast modes keep. */
const STYLES = LAYERS.map((layer) => {
  const { fill, line, stroke } = LOOKS[layer];
  return `::highlight(${nameOf(layer)}) {
    background-color: var(--postil-mark-${layer}, ${fill});
    text-decoration: underline ${stroke} var(--postil-line-${layer}, ${line});
  }`;
}).join('\n');

/**
 * Paints by the CSS Custom Highlight API: no element is added, no text node divided. Highlights are of the document, so several
 * painters share them by name, each with its own ranges.
 */
export class HighlightPainter implements Painter {
  private readonly painted = new Map<Layer, readonly Range[]>();
  private readonly sheet = new CSSStyleSheet();
  private readonly tree: Document | ShadowRoot;

  static isSupported(): boolean {
    return typeof Highlight === 'function' && 'highlights' in CSS && 'adoptedStyleSheets' in document;
  }

  constructor(root: Element) {
    const tree = root.getRootNode();
    this.tree = tree instanceof ShadowRoot ? tree : document;
    this.sheet.replaceSync(STYLES);
    this.tree.adoptedStyleSheets = [...this.tree.adoptedStyleSheets, this.sheet];
  }

  paint(layer: Layer, ranges: readonly Range[]): void {
    const highlight = highlightOf(layer);
    for (const range of this.painted.get(layer) ?? []) highlight.delete(range);
    for (const range of ranges) highlight.add(range);
    this.painted.set(layer, ranges);
    if (highlight.size === 0) CSS.highlights.delete(nameOf(layer));
  }

  close(): void {
    for (const layer of this.painted.keys()) this.paint(layer, []);
    this.tree.adoptedStyleSheets = this.tree.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
  }
}

function highlightOf(layer: Layer): Highlight {
  const known = CSS.highlights.get(nameOf(layer));
  if (known) return known;
  const highlight = new Highlight();
  highlight.priority = LAYERS.indexOf(layer);
  CSS.highlights.set(nameOf(layer), highlight);
  return highlight;
}

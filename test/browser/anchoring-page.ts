/** What the specs of anchoring call on the page: bundled by anchoring-stage.ts into one plain script. */
import * as anchoring from '../../web/shared/anchoring/index.js';

const { articleText, placeOf, rangesOf, selectorsOf } = anchoring;

/** `[name, text]` of each vector, as this browser reads it. */
function textsOf(json: string): string[] {
  return (JSON.parse(json) as { html: string }[]).map(({ html }) => {
    const root = document.createElement('div');
    root.innerHTML = html;
    return articleText(root).text;
  });
}

/** Marks each span as a reader would, by a selection, and looks for it again; what comes back differs, if anything. */
function roundTrips(root: Element, spans: readonly anchoring.Span[]) {
  const map = articleText(root);
  return spans.map(({ start, end }) => {
    const ranges = map.rangesOf({ start, end });
    const selection = getSelection();
    if (!ranges || !selection) return null;
    const last = ranges.at(-1)!;
    selection.setBaseAndExtent(last.endContainer, last.endOffset, ranges[0]!.startContainer, ranges[0]!.startOffset);
    const selectors = selectorsOf(map, selection);
    if (!selectors) return null;
    const found = rangesOf(map, selectors, { sameText: true });
    return {
      selectors,
      words: found?.map((range) => range.toString()).join('') ?? null,
      searched: placeOf(map, selectors, { sameText: false }),
    };
  });
}

const page = { ...anchoring, textsOf, roundTrips };

declare global {
  interface Window {
    anchoring: typeof page;
  }
}

window.anchoring = page;

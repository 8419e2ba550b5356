/** How marks look, from the least to the most important: a later one is painted over an earlier one. */
export const LAYERS = ['selection', 'question', 'draft', 'active', 'flash'] as const;
export type Layer = (typeof LAYERS)[number];

/** Paints words without touching the elements that hold them. */
export interface Painter {
  /** From now on the layer shows these ranges and no others. */
  paint(layer: Layer, ranges: readonly Range[]): void;
  close(): void;
}

/**
 * Colours of each layer, thin enough to read the words below a box of every layer, on light and dark pages. A publisher sets
 * others as custom properties: --postil-mark-selection, --postil-line-selection …
 */
export const LOOKS: Record<Layer, { fill: string; line: string; stroke: 'dotted' | 'solid' }> = {
  selection: { fill: 'rgb(255 205 60 / 0.25)', line: 'rgb(168 118 0)', stroke: 'dotted' },
  question: { fill: 'rgb(70 140 255 / 0.18)', line: 'rgb(38 98 200)', stroke: 'solid' },
  draft: { fill: 'rgb(120 120 120 / 0.25)', line: 'rgb(110 110 110)', stroke: 'solid' },
  active: { fill: 'rgb(255 170 30 / 0.32)', line: 'rgb(168 98 0)', stroke: 'solid' },
  flash: { fill: 'rgb(255 140 0 / 0.42)', line: 'rgb(168 78 0)', stroke: 'solid' },
};

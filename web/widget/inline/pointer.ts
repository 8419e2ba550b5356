import type { Highlights } from '../../shared/anchoring/index.js';

/** What does something of its own when it is clicked. */
const CONTROLS = 'a, button, input, select, textarea, label, summary, video, audio, [contenteditable], [onclick]';

interface Handlers {
  open(id: string): void;
  hover(id: string | undefined): void;
}

/** Marks are no elements: a click on their words, and the pointer over them, are found by their place. */
export function watchPointer(root: HTMLElement, marks: Highlights, { open, hover }: Handlers): void {
  const hand = new CSSStyleSheet();
  hand.replaceSync('html { cursor: pointer; }');
  let over: string | undefined;
  let frame = 0;
  const point = (id: string | undefined) => {
    if (id === over) return;
    over = id;
    hover(id);
    const others = document.adoptedStyleSheets.filter((sheet) => sheet !== hand);
    document.adoptedStyleSheets = id === undefined ? others : [...others, hand];
  };
  root.addEventListener('pointermove', ({ pointerType, buttons, clientX, clientY, target }) => {
    if (pointerType !== 'mouse') return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      point(buttons === 0 && !isControl(target) ? marks.at(clientX, clientY)[0] : undefined);
    });
  });
  root.addEventListener('pointerleave', () => {
    cancelAnimationFrame(frame);
    point(undefined);
  });
  root.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || isControl(event.target)) return;
    // Whoever selects words also clicks.
    if (document.getSelection()?.isCollapsed === false) return;
    const [id] = marks.at(event.clientX, event.clientY);
    if (id !== undefined) open(id);
  });
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(CONTROLS) !== null;

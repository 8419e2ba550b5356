/** From the top of what scrolls, so that the lines before the words are read as well, and no sticky header hides them. */
const SHARE_ABOVE = 0.3;

/** Unfolds what hides the text, as the browser's own search does, and scrolls it into view. */
export function scrollToText(range: Range): void {
  unfold(range.startContainer);
  for (let element = range.startContainer.parentElement; element; element = element.parentElement) {
    if (!scrolls(element)) continue;
    const { top } = element.getBoundingClientRect();
    element.scrollTop += range.getBoundingClientRect().top - top - element.clientHeight * SHARE_ABOVE;
  }
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
  window.scrollBy({ top: range.getBoundingClientRect().top - window.innerHeight * SHARE_ABOVE, behavior });
}

/**
 * Lets the keyboard and the screen reader go on from the text: the element that holds it takes the focus, by an attribute
 * that is gone again when the focus is, so that no stop is added to the page's order.
 */
export function focusText(range: Range): void {
  const element = range.startContainer.parentElement;
  if (!element) return;
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.setAttribute('tabindex', '-1');
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
  }
  element.focus({ preventScroll: true });
}

function unfold(node: Node): void {
  for (let element = node.parentElement; element; element = element.parentElement) {
    if (element instanceof HTMLDetailsElement) element.open = true;
    if (element.getAttribute('hidden')?.toLowerCase() === 'until-found') {
      element.dispatchEvent(new Event('beforematch', { bubbles: true }));
      element.removeAttribute('hidden');
    }
  }
}

/** What body and html scroll is the window's. */
function scrolls(element: Element): boolean {
  return (
    element !== document.body &&
    element !== document.documentElement &&
    element.scrollHeight > element.clientHeight &&
    /auto|scroll/.test(getComputedStyle(element).overflowY)
  );
}

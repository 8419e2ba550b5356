/** Which thread the page wants, and where its server is. */
export interface Place {
  origin: string;
  site: string;
  thread: string;
  url: string;
  title: string;
  /** Where the article's own text is, for inline feedback. */
  article: HTMLElement | undefined;
}

/**
 * Reads `data-site`, `data-thread`, `data-url` and `data-title`, the last two of which default to the page's own, and
 * `data-article`, a CSS selector.
 */
export function placeOf(element: HTMLElement, origin: string): Place {
  const { site, thread, url, title, article } = element.dataset;
  if (!site || !thread) throw new Error('Postil needs data-site and data-thread on its element.');
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href;
  const here = location.origin + location.pathname;
  const place = { origin, site, thread, url: url || canonical || here, title: title || document.title };
  return { ...place, article: article ? findArticle(article) : undefined };
}

function findArticle(selector: string): HTMLElement | undefined {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) console.warn(`Postil: no element matches data-article="${selector}", so there is no inline feedback.`);
  return found ?? undefined;
}

/** Which thread the page wants, and where its server is. */
export interface Place {
  origin: string;
  site: string;
  thread: string;
  url: string;
  title: string;
  /** Where the article's own text is, for inline feedback. */
  article: HTMLElement | undefined;
  /** The path of the service worker for push messages. */
  pushWorker: string | undefined;
}

/**
 * Reads `data-site`, `data-thread`, `data-url` and `data-title`, the last two of which default to the page's own, and
 * `data-article`, a CSS selector; `data-push-worker`, which a page at our own origin need not say.
 */
export function placeOf(element: HTMLElement, origin: string): Place {
  const { site, thread, url, title, article, pushWorker } = element.dataset;
  if (!site || !thread) throw new Error('Postil needs data-site and data-thread on its element.');
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href;
  const here = location.origin + location.pathname;
  const worker = pushWorker || (origin === location.origin ? '/push-worker.js' : undefined);
  const page = { url: url || canonical || here, title: title || document.title };
  const place = { origin, site, thread, ...page, pushWorker: worker };
  return { ...place, article: article ? findArticle(article) : undefined };
}

function findArticle(selector: string): HTMLElement | undefined {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) console.warn(`Postil: no element matches data-article="${selector}", so there is no inline feedback.`);
  return found ?? undefined;
}

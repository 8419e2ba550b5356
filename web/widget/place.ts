/** Which thread the page wants, and where its server is. */
export interface Place {
  origin: string;
  site: string;
  thread: string;
  url: string;
  title: string;
}

/** Reads `data-site`, `data-thread`, `data-url` and `data-title`; the last two default to the page's own. */
export function placeOf(element: HTMLElement, origin: string): Place {
  const { site, thread, url, title } = element.dataset;
  if (!site || !thread) throw new Error('Postil needs data-site and data-thread on its element.');
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href;
  const here = location.origin + location.pathname;
  return { origin, site, thread, url: url || canonical || here, title: title || document.title };
}

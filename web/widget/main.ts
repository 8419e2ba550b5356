import { ApiClient, errorLines } from '../shared/api-client.js';
import { h, setText } from '../shared/dom.js';
import { load } from './later.js';
import { placeOf } from './place.js';
import styles from './widget.css?inline';
import { Widget } from './widget.js';

// Only while the script runs for the first time does the page tell where it came from.
const script = document.currentScript as HTMLScriptElement | null;
const origin = new URL(script?.src || location.href).origin;
const client = new ApiClient(origin, 'omit');

/**
 * A shadow root keeps the publisher's styles out and ours in; scoped classes would do the second only. Constructed
 * style sheets also pass a publisher's Content-Security-Policy that forbids inline styles.
 */
function draw(host: HTMLElement, ...children: HTMLElement[]): void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  root.replaceChildren(h('div', { class: `postil ${host.dataset['theme'] ?? ''}` }, ...children));
}

async function mountThread(host: HTMLElement): Promise<void> {
  const status = h('p', { class: 'visually-hidden', role: 'status' });
  const content = h('div', {}, h('p', { class: 'empty' }, 'Loading comments…'));
  draw(host, status, content);
  try {
    const widget = await Widget.open(client, placeOf(host, origin), host, (text) => setText(status, text));
    content.replaceChildren(widget.element);
    await widget.openLink(location.hash);
    addEventListener('hashchange', () => void widget.openLink(location.hash));
  } catch (error) {
    const again = () => void mountThread(host);
    content.replaceChildren(...failed('The comments could not be loaded.', error, again));
  }
}

async function mountNewsletter(host: HTMLElement): Promise<void> {
  const { site, list } = host.dataset;
  try {
    if (!site) throw new Error('Postil needs data-site on the element for the newsletter.');
    const box = await (await load(origin, 'newsletter')).openNewsletter(client, { site, list });
    draw(host, ...(box ? [box] : []));
  } catch (error) {
    console.warn(error);
    draw(host, ...failed('The newsletter could not be loaded.', error, () => void mountNewsletter(host)));
  }
}

function failed(what: string, error: unknown, again: () => void): HTMLElement[] {
  const lines = [what, ...errorLines(error)].map((line) => h('p', {}, line));
  const button = h('button', { type: 'button', class: 'load-more', on: { click: again } }, 'Try again');
  return [h('div', { class: 'errors', role: 'alert' }, ...lines), button];
}

/** Before it comes into view, so that it is there by then. */
function whenNear(host: HTMLElement, then: () => void): void {
  const near = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      near.disconnect();
      then();
    },
    { rootMargin: '600px' },
  );
  near.observe(host);
}

function start(): void {
  const thread = document.getElementById('postil-thread');
  if (thread) void mountThread(thread);
  const newsletter = document.getElementById('postil-newsletter');
  if (newsletter) whenNear(newsletter, () => void mountNewsletter(newsletter));
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
else start();

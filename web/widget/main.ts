import { ApiClient, errorLines } from '../shared/api-client.js';
import { h, setText } from '../shared/dom.js';
import { placeOf } from './place.js';
import styles from './widget.css?inline';
import { Widget } from './widget.js';

// Only while the script runs for the first time does the page tell where it came from.
const script = document.currentScript as HTMLScriptElement | null;
const origin = new URL(script?.src || location.href).origin;

/**
 * A shadow root keeps the publisher's styles out and ours in; scoped classes would do the second only. Constructed
 * style sheets also pass a publisher's Content-Security-Policy that forbids inline styles.
 */
async function mount(host: HTMLElement): Promise<void> {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const status = h('p', { class: 'visually-hidden', role: 'status' });
  const content = h('div', {}, h('p', { class: 'empty' }, 'Loading comments…'));
  root.replaceChildren(h('div', { class: `postil ${host.dataset['theme'] ?? ''}` }, status, content));
  try {
    const client = new ApiClient(origin, 'omit');
    const widget = await Widget.open(client, placeOf(host, origin), host, (text) => setText(status, text));
    content.replaceChildren(widget.element);
    await widget.openLink(location.hash);
    addEventListener('hashchange', () => void widget.openLink(location.hash));
  } catch (error) {
    const again = h(
      'button',
      { type: 'button', class: 'load-more', on: { click: () => void mount(host) } },
      'Try again',
    );
    const lines = errorLines(error).map((line) => h('p', {}, line));
    content.replaceChildren(
      h('div', { class: 'errors', role: 'alert' }, h('p', {}, 'The comments could not be loaded.'), ...lines),
      again,
    );
  }
}

function start(): void {
  const host = document.getElementById('postil-thread');
  if (host) void mount(host);
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
else start();

import { errorLines } from '../../shared/api-client.js';
import type { NewPush } from '../../shared/api-types.js';
import { h, showErrors } from '../../shared/dom.js';

export interface PushSource {
  /** The service worker, at the page's own origin; undefined where the publisher has none. */
  readonly worker: string | undefined;
  /** By which this server is known to push services. */
  publicKey(): Promise<string>;
  /** @returns the server's id of it, the same for the same browser */
  add(push: NewPush): Promise<string>;
  end(id: string): Promise<void>;
}

/** Notifications by the browser, also while the page is closed. Nothing is asked of the browser before the click. */
export class PushSwitch {
  readonly element: HTMLElement;
  private readonly box = h('input', { type: 'checkbox' });
  private readonly errors = h('div', { class: 'errors', role: 'alert', hidden: true });

  constructor(private readonly source: PushSource) {
    const label = h('label', { class: 'choice' }, this.box, 'Show them in this browser, also while the page is closed');
    this.element = h('div', { class: 'push', hidden: true }, label, this.errors);
    this.box.addEventListener('change', () => void this.toggle());
  }

  /** Shows it where the browser and the publisher's page allow it. */
  async sync(): Promise<void> {
    const possible = isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window;
    if (!possible || this.source.worker === undefined) return;
    this.box.checked = (await this.subscription()) !== undefined;
    this.element.hidden = false;
  }

  /** Whoever uses this browser next is shown nothing of what was meant for the last one. */
  async off(): Promise<void> {
    const subscription = await this.subscription();
    if (!subscription) return;
    await this.source.end(await this.source.add(subscription.toJSON() as NewPush));
    await subscription.unsubscribe();
  }

  private async toggle(): Promise<void> {
    showErrors(this.errors, []);
    const wanted = this.box.checked;
    try {
      await (wanted ? this.on() : this.off());
    } catch (error) {
      this.box.checked = !wanted;
      showErrors(this.errors, errorLines(error));
    }
  }

  private async on(): Promise<void> {
    if ((await Notification.requestPermission()) !== 'granted') {
      throw new Error('This browser does not allow it. Its settings for this page can.');
    }
    const { worker = '' } = this.source;
    // A scope of its own: the publisher's own service worker, and what it may push, stay as they are.
    await navigator.serviceWorker.register(worker, { scope: scopeOf(worker) });
    const registration = await this.active();
    const applicationServerKey = await this.source.publicKey();
    const subscription = await registration.pushManager
      .subscribe({ userVisibleOnly: true, applicationServerKey })
      .catch((error: unknown) => {
        const said = error instanceof Error ? error.message : String(error);
        throw new Error(`This browser takes no push messages; private windows never do. It said: ${said}`);
      });
    await this.source.add(subscription.toJSON() as NewPush);
  }

  private async subscription(): Promise<PushSubscription | undefined> {
    const { worker } = this.source;
    if (worker === undefined || !('serviceWorker' in navigator)) return undefined;
    const registration = await navigator.serviceWorker.getRegistration(scopeOf(worker));
    return (await registration?.pushManager?.getSubscription()) ?? undefined;
  }

  /** Subscribing needs a worker that has started. */
  private async active(): Promise<ServiceWorkerRegistration> {
    const registration = await navigator.serviceWorker.getRegistration(scopeOf(this.source.worker ?? ''));
    if (!registration) throw new Error('The service worker is gone.');
    const starting = registration.installing ?? registration.waiting;
    if (!registration.active && starting) {
      await new Promise<void>((resolve, reject) => {
        starting.addEventListener('statechange', () => {
          if (starting.state === 'activated') resolve();
          if (starting.state === 'redundant') reject(new Error('The service worker did not start.'));
        });
      });
    }
    return registration;
  }
}

/** `/postil-push.js` → `/postil-push/`: below the worker's own folder, as browsers ask, and a path that no page has. */
const scopeOf = (worker: string): string => `${worker.replace(/\.js$/, '')}/`;

import type { Session } from '../../shared/api-types.js';
import { h } from '../../shared/dom.js';
import type { Inbox, InboxSource } from './inbox.js';

/** Where the bell of whoever is signed in stands. Its code is loaded for them alone. */
export class BellSlot {
  readonly element = h('span', { class: 'bell-slot' });
  private token: string | undefined;
  private inbox: Inbox | undefined;

  constructor(
    private readonly load: () => Promise<typeof import('./inbox.js')>,
    private readonly source: InboxSource,
  ) {}

  sync(session: Session | undefined): void {
    if (session?.token === this.token) return;
    this.token = session?.token;
    this.inbox?.leave();
    this.inbox = undefined;
    this.element.replaceChildren();
    // Without it the page still stands; the next sign-in or view of the page brings it.
    if (session) this.open(session.token).catch((error: unknown) => console.warn(error));
  }

  /** Before its reader signs out: this browser is pushed nothing more. */
  async signOut(): Promise<void> {
    await this.inbox?.signOut().catch((error: unknown) => console.warn(error));
  }

  private async open(token: string): Promise<void> {
    const { Inbox } = await this.load();
    if (this.token !== token) return;
    this.inbox = new Inbox(this.source);
    this.element.replaceChildren(this.inbox.element);
  }
}

import type { Session } from '../shared/api-types.js';

/**
 * The guest's session, in the storage of the page that holds the widget: no cookie, so no third-party cookie. Where
 * storage is refused (private windows, policies) it lasts as long as the page.
 */
export class SessionStore {
  private readonly key: string;
  private held: Session | undefined;

  constructor(site: string) {
    this.key = `postil:session:${site}`;
    this.held = this.read();
  }

  get current(): Session | undefined {
    return this.held;
  }

  set(session: Session | undefined): void {
    this.held = session;
    try {
      if (session) localStorage.setItem(this.key, JSON.stringify(session));
      else localStorage.removeItem(this.key);
    } catch {
      // Refused: the copy in memory serves this page.
    }
  }

  private read(): Session | undefined {
    try {
      const stored = JSON.parse(localStorage.getItem(this.key) ?? 'null') as Partial<Session> | null;
      return stored?.token && stored.reader ? (stored as Session) : undefined;
    } catch {
      return undefined;
    }
  }
}

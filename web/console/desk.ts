import type { DecisionResult, Permission, Reason, Staff, StaffSite } from '../shared/api-types.js';
import type { Decisions } from './decisions.js';
import type { Commands } from './keys.js';
import type { QueueFrame } from './moderation-live.js';
import type { SidePanel } from './side-panel.js';
import type { StaffApi } from './staff-api.js';

/** What every page of the console works with, for one person on one site. */
export interface Desk {
  readonly api: StaffApi;
  readonly staff: Staff;
  readonly site: StaffSite;
  readonly reasons: readonly Reason[];
  readonly panel: SidePanel;
  readonly decisions: Decisions;
  /** Whether the person may do it on the site: what they may not is not offered. */
  may(action: Permission): boolean;
  /** One line of what was done; the next one replaces it. */
  say(text: string): void;
  openComment(id: string): void;
  openReader(id: string): void;
}

/** One of the console's pages. It may be left and visited again; each visit makes a new one. */
export interface Page {
  readonly element: HTMLElement;
  readonly commands: Partial<Commands>;
  start(): Promise<void>;
  stop(): void;
  /** Something happened in a queue of the site. */
  heard?(frame: QueueFrame): void;
  /** Decisions were taken back. */
  undone?(results: readonly DecisionResult[]): void;
  /** Connected, first or again: whatever happened meanwhile was not heard. */
  joined?(): void;
}

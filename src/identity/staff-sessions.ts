import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ShortCache } from '../platform/cache/short-cache.js';
import { Clock } from '../platform/clock/clock.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Signals } from '../platform/stream/signals.js';
import type { StaffActor } from './actor.js';
import { resolveStaffSession } from './staff-session.store.js';

/** Told to all nodes: a session has ended, or what a person may do has changed. */
const STAFF_CHANGED_SIGNAL = 'staff';
const MAX_AGE_MS = 1_000;
const MAX_SESSIONS = 10_000;

/**
 * Who is behind a staff session, as this node last read it: a second old at most, and forgotten at once when a session
 * ends or a person's roles change anywhere. Whoever works through a queue asks several times a second.
 */
@Injectable()
export class StaffSessions implements OnModuleInit {
  private readonly sessions: ShortCache<string, StaffActor | undefined>;
  private readonly listeners: (() => void)[] = [];

  constructor(
    unitOfWork: UnitOfWork,
    private readonly signals: Signals,
    clock: Clock,
  ) {
    const options = { maxAgeMs: MAX_AGE_MS, maxEntries: MAX_SESSIONS, now: () => clock.now().getTime() };
    this.sessions = new ShortCache(async (sessionId) => {
      const session = await resolveStaffSession(unitOfWork.em, sessionId);
      return session && { ...session, kind: 'staff', sessionId, roles: new Map(session.roles) };
    }, options);
  }

  onModuleInit(): void {
    this.signals.on(STAFF_CHANGED_SIGNAL, () => this.forget());
    this.signals.onReconnected(() => this.forget());
  }

  /** Called where a session may have ended, or a role be another; who asks in it is told what is so now. */
  onChanged(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Undefined where the session has ended or the person is disabled. */
  find(sessionId: string): Promise<StaffActor | undefined> {
    return this.sessions.get(sessionId);
  }

  /** To be called after the commit of whatever ends a session or changes a person or a role. */
  changed(): void {
    this.signals.send([{ kind: STAFF_CHANGED_SIGNAL, data: null }]);
  }

  private forget(): void {
    this.sessions.clear();
    for (const listener of this.listeners) listener();
  }
}

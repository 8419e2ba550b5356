import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Somebody of the staff who works no more: anywhere, or on one site. */
export interface Gone {
  staffId: string;
  siteId?: string;
}

/** Runs in the transaction in which they went, and answers what is to be done once it has committed. */
export type LeavingStep = (em: EntityManager, gone: Gone) => Promise<() => void>;

/** What modules above do when somebody signs out of the last session, is disabled, or loses a role. */
@Injectable()
export class StaffLeaving {
  private readonly steps: LeavingStep[] = [];

  register(step: LeavingStep): void {
    this.steps.push(step);
  }

  async left(em: EntityManager, gone: Gone): Promise<() => void> {
    const after: (() => void)[] = [];
    for (const step of this.steps) after.push(await step(em, gone));
    return () => after.forEach((done) => done());
  }
}

import { Injectable, Logger } from '@nestjs/common';
import { BoundedMap } from '../platform/bounded-map.js';
import { Clock } from '../platform/clock/clock.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { can, sitesWhere, type StaffActor } from '../identity/index.js';
import { SiteCache, type SiteRow } from '../sites/index.js';
import { queueStore, type ClaimPlace } from './queue.store.js';

const REMEMBERED = 10_000;
/** Of a lease: so often at most is it renewed by work. */
const RENEWED_EVERY = 1 / 4;

/**
 * Work renews what a person holds. Beside the decision and not in it: who decides does not wait for it, and it is done
 * once a quarter of a lease and not for each decision, so that a lease lasts three quarters of it after the last one.
 */
@Injectable()
export class KeepClaims {
  private readonly logger = new Logger('claims');
  /** When the next renewal is due, by person, in epoch milliseconds. */
  private readonly due = new BoundedMap<string, number>(REMEMBERED);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sites: SiteCache,
    private readonly clock: Clock,
  ) {}

  /** Nobody waits for it: where it fails, leases end by their time. */
  worked(staff: StaffActor): void {
    const now = this.clock.now().getTime();
    if (now < (this.due.get(staff.staffId) ?? 0)) return;
    this.due.set(staff.staffId, Infinity);
    this.renew(staff).then(
      (seconds) => this.due.set(staff.staffId, now + seconds * RENEWED_EVERY * 1_000),
      (error: unknown) => {
        this.due.delete(staff.staffId);
        this.logger.warn({ err: error }, 'claims were not renewed');
      },
    );
  }

  /** The sites where the person may claim, and for how long. */
  async places(staff: StaffActor): Promise<ClaimPlace[]> {
    const sites = await Promise.all(sitesWhere(staff, 'queue.claim').map((id) => this.sites.siteById(id)));
    return sites.map((site) => placeOf(staff, site));
  }

  /** Answers the shortest lease. */
  private async renew(staff: StaffActor): Promise<number> {
    const places = await this.places(staff);
    await queueStore.renewAll(this.unitOfWork.em, staff.staffId, places);
    return Math.min(...places.map((place) => place.seconds));
  }
}

export function placeOf(staff: StaffActor, { id: siteId, settings }: SiteRow): ClaimPlace {
  return { siteId, seconds: settings.claimSeconds, escalated: can(staff, 'comment.decide-escalated', siteId) };
}

import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/errors.js';
import { auditActor, authorise, type Actor } from '../../identity/index.js';
import { SiteCache } from '../../sites/index.js';
import { csvRow } from './csv.js';
import { listMemberStore } from './list-member.store.js';
import { MailingLists } from './mailing-lists.js';

const HEADER = ['email', 'language', 'asked_at', 'confirmed_at', 'consent_version', 'page'];
const PAGE = 1_000;

/** The confirmed addresses of a list as CSV, page by page: as large as it may be, little of it is held at a time. */
@Injectable()
export class ExportList {
  constructor(
    private readonly sites: SiteCache,
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: MailingLists,
    private readonly audit: AuditTrail,
  ) {}

  async run(actor: Actor, { siteKey, key }: { siteKey: string; key: string }): Promise<Readable> {
    const site = await this.sites.siteByKey(siteKey);
    const staff = authorise(actor, 'mailing-list.export', site.id, 'site');
    const list = await this.lists.find(site.id, key);
    if (!list) throw notFound('mailing list');
    // Before the first address goes out, not when the last one has arrived.
    await this.audit.record(this.unitOfWork.em, [
      {
        siteId: site.id,
        actor: auditActor(staff),
        action: 'mailing-list.exported',
        subjectKind: 'mailing-list',
        subjectId: list.id,
      },
    ]);
    return Readable.from(this.rows(list.id), { objectMode: false });
  }

  private async *rows(listId: string): AsyncGenerator<string> {
    yield csvRow(HEADER);
    let after: string | undefined;
    for (;;) {
      const members = await listMemberStore.exported(this.unitOfWork.em, listId, after, PAGE);
      const rows = members.map(({ email, language, askedAt, confirmedAt, textVersion, page }) =>
        csvRow([email, language, askedAt, confirmedAt, textVersion, page]),
      );
      if (rows.length > 0) yield rows.join('');
      if (members.length < PAGE) return;
      after = members.at(-1)?.id;
    }
  }
}

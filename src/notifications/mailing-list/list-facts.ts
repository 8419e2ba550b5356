import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { FactReaders, type FactSubject } from '../../platform/stream/fact-readers.js';
import { addressStore } from '../addresses/address.store.js';
import { listMemberStore, type MemberRow } from './list-member.store.js';
import { mailingListStore, type MailingListRow } from './mailing-list.store.js';

/**
 * What an external service that sends the newsletter is told, read when it is told: whoever left meanwhile is not handed
 * over. By `memberId` the service finds the address again, also where it is erased here by then.
 */
@Injectable()
export class ListFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactReaders,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.facts.register('list.confirmed', (fact) => this.confirmed(fact));
    this.facts.register('list.withdrawn', (fact) => this.withdrawn(fact));
  }

  private async confirmed({ subjectId }: FactSubject): Promise<Record<string, unknown> | undefined> {
    const found = await this.found(subjectId);
    if (found?.member.state !== 'confirmed' || found.email === null) return undefined;
    const { member, list, email, language } = found;
    const { textVersion, askedAt, confirmedAt } = member;
    const text = await mailingListStore.text(this.unitOfWork.em, list.id, textVersion);
    const consent = { text, textVersion, askedAt: askedAt.toISOString(), confirmedAt: confirmedAt?.toISOString() };
    return { list: list.key, memberId: member.id, email, language, consent };
  }

  private async withdrawn({ subjectId }: FactSubject): Promise<Record<string, unknown> | undefined> {
    const found = await this.found(subjectId);
    if (found?.member.state !== 'withdrawn') return undefined;
    const { member, list, email } = found;
    return { list: list.key, memberId: member.id, email, withdrawnAt: member.withdrawnAt?.toISOString() };
  }

  private async found(
    memberId: string,
  ): Promise<{ member: MemberRow; list: MailingListRow; email: string | null; language: string | null } | undefined> {
    const { em } = this.unitOfWork;
    const member = await listMemberStore.byId(em, memberId);
    if (!member) return undefined;
    const [list, address] = [
      await mailingListStore.byId(em, member.listId),
      await addressStore.byId(em, member.addressId),
    ];
    if (!list || !address) return undefined;
    return { member, list, email: address.suppressedAt ? null : address.email, language: address.language };
  }
}

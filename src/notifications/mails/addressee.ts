import type { EntityManager } from 'typeorm';
import type { SiteRow } from '../../sites/index.js';
import { addressStore, type AddressRow } from '../addresses/address.store.js';
import type { DroppedMail, MailRow } from './mail.js';

/** An address that may be written to now. */
export type Addressee = AddressRow & { email: string; language: string; timeZone: string };

/** To whom a mail goes that only those get who have confirmed their address. */
export async function addresseeOf(em: EntityManager, mail: MailRow, site: SiteRow): Promise<Addressee | DroppedMail> {
  return addressee(mail.addressId === null ? undefined : await addressStore.byId(em, mail.addressId), site);
}

/** @param address as it is now */
export function addressee(address: AddressRow | undefined, site: SiteRow): Addressee | DroppedMail {
  if (!address?.email) return { drop: 'no-address' };
  if (address.suppressedAt !== null) return { drop: 'suppressed' };
  if (address.confirmedAt === null) return { drop: 'unconfirmed' };
  const { mailLanguage, timeZone } = site.settings;
  return {
    ...address,
    email: address.email,
    language: address.language ?? mailLanguage,
    timeZone: address.timeZone ?? timeZone,
  };
}

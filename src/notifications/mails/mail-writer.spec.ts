import type { EntityManager } from 'typeorm';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RuntimeConfig } from '../../platform/tokens.js';
import { DEFAULT_SETTINGS, type SiteCache, type SiteRow } from '../../sites/index.js';
import { MailComposers } from './mail-composers.js';
import { MailWriter } from './mail-writer.js';
import type { ComposedMail, DroppedMail, MailRow } from './mail.js';
import type { ClaimedMail } from './mail.store.js';

const mails = ['a', 'bad', 'nothing left', 'b'].map(
  (id) => ({ id, siteId: 's', kind: 'activity', domain: 'example.org' }) as ClaimedMail,
);

function composed({ id }: Pick<MailRow, 'id'>): ComposedMail | DroppedMail {
  if (id === 'bad') throw new Error('of this one nothing can be said');
  return id === 'nothing left' ? { drop: id } : { to: `${id}@example.org`, subject: id, html: [id], text: [id] };
}

/** With a composer of several at once; `together` is what it was asked for. */
function writer(together: string[][]): MailWriter {
  const composers = new MailComposers();
  composers.register({
    kinds: ['activity'],
    compose: async (_em, mail) => composed(mail),
    composeMany: async (_em, some) => {
      together.push(some.map(({ id }) => id));
      return some.map(composed);
    },
  });
  const em = {} as EntityManager;
  const unitOfWork = { em, byKeys: async (work: (em: EntityManager) => unknown) => work(em) } as unknown as UnitOfWork;
  const site = { name: 'Gazette', settings: DEFAULT_SETTINGS } as SiteRow;
  const sites = { siteById: async () => site } as unknown as SiteCache;
  const config = { publicUrl: 'https://c.example', mailFrom: 'Postil <p@c.example>' } as RuntimeConfig;
  return new MailWriter(unitOfWork, composers, sites, config);
}

const became = async (some: readonly ClaimedMail[], together: string[][]) =>
  Object.fromEntries(
    (await writer(together).write(some)).map((one) => [
      one.mail.id,
      'outgoing' in one ? one.outgoing.to : 'dropped' in one ? 'dropped' : 'failed',
    ]),
  );

describe('MailWriter', () => {
  it('reads once for all mails of a kind', async () => {
    const together: string[][] = [];
    const fine = mails.filter(({ id }) => id !== 'bad');
    expect(await became(fine, together)).toEqual({ a: 'a@example.org', b: 'b@example.org', 'nothing left': 'dropped' });
    expect(together).toEqual([['a', 'nothing left', 'b']]);
  });

  it('writes the others where one can not be written', async () => {
    expect(await became(mails, [])).toEqual({
      a: 'a@example.org',
      bad: 'failed',
      'nothing left': 'dropped',
      b: 'b@example.org',
    });
  });

  it('says so of a kind that only newer nodes know', async () => {
    const [mail] = mails;
    expect(await became([{ ...mail, kind: 'newer' as 'digest' } as ClaimedMail], [])).toEqual({ a: 'failed' });
  });
});

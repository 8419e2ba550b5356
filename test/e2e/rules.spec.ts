import type { Comment } from '../../web/shared/api-types.js';
import { startTwoNodes, threadPath, type App, type Person } from '../support/app.js';
import type { ProblemBody } from '../support/http.js';

interface Rule {
  id: string;
  kind: string;
  mode: string;
  action: string;
  params: Record<string, unknown>;
  version: number;
  changedAt: string | null;
  changedBy: { id: string; name: string } | null;
  secret?: string;
}
interface Rules {
  site: string;
  version: number;
  items: Rule[];
  nextCursor: null;
}
interface Detail {
  screening: { rule: string; kind?: string; version?: number; action: string; would?: string; explanation: string }[];
}

describe('rules of a site', () => {
  let app: App;
  let second: App;
  let admin: Person;
  let moderator: Person;
  let ada: Person;
  let sites = 0;

  beforeAll(async () => {
    [app, second] = await startTwoNodes();
    [admin, moderator, ada] = await Promise.all([app.staff('admin'), app.staff('moderator'), app.guest('Ada')]);
  });

  afterAll(async () => {
    await second.stop();
    await app.stop();
  });

  const as = (by: Person, method = 'GET', body?: object) => ({ method, token: by.token, body });
  const rules = (site = 'demo', on = app) => on.expect<Rules>(200, `/moderation/rules?site=${site}`, as(app.owner));
  const create = (site: string, rule: object) =>
    app.expect<Rule>(201, '/moderation/rules', as(app.owner, 'POST', { site, ...rule }));
  const refused = async (status: number, code: string, path: string, call: Parameters<App['call']>[1]) => {
    const answer = await app.call<ProblemBody>(path, call);
    expect([path, answer.status, answer.body?.code]).toEqual([path, status, code]);
    return answer.body;
  };
  /** A site of its own, on which comments appear at once, with a thread and a reader. */
  const newsroom = async (own: readonly object[] = [], settings: Record<string, unknown> = {}) => {
    const site = `newsroom-${(sites += 1)}`;
    await app.site(site, { name: site, settings: { moderationMode: 'post', ...settings } });
    await app.expect(
      200,
      threadPath('t', site),
      as(app.owner, 'PUT', { url: `https://news.example/${site}`, title: site }),
    );
    if (own.length > 0) {
      await app.expect(200, '/moderation/rules', as(app.owner, 'PUT', { site, version: 0, rules: own }));
    }
    const author = await app.guest('Author', site);
    const post = (body: string, by = author, on = app) =>
      on.expect<Comment & { hints?: string[] }>(201, `${threadPath('t', site)}/comments`, as(by, 'POST', { body }));
    const status = async (body: string, by = author) => (await post(body, by)).status;
    const screening = async (id: string) =>
      (await app.expect<Detail>(200, `/moderation/comments/${id}`, as(app.owner))).screening;
    return { site, author, post, status, screening };
  };

  describe('the routes', () => {
    it('show a new site the rules that it begins with, which only hold', async () => {
      const { site } = await newsroom();
      const { version, items } = await rules(site);
      expect(version).toBe(0);
      expect(items.map(({ id, mode }) => `${id} ${mode}`)).toEqual([
        'deceptive-links enforce',
        'flood off',
        'personal-data enforce',
        'repeats off',
        'shouting shadow',
        'words-en enforce',
        'words-de off',
        'words-es off',
        'words-fr off',
      ]);
      for (const rule of items)
        expect(rule).toMatchObject({ action: 'hold', version: 1, changedAt: null, changedBy: null });
    });

    it('create, change and remove a rule, each a version with who and when', async () => {
      const { site } = await newsroom();
      const made = await create(site, { id: 'insults', kind: 'words', action: 'reject', params: { words: ['scum'] } });
      expect(made).toMatchObject({ id: 'insults', mode: 'enforce', action: 'reject', version: 1 });
      expect(made.changedBy).toMatchObject({ id: app.owner.id });
      const path = '/moderation/rules/insults';
      const changed = await app.expect<Rule>(200, path, as(app.owner, 'PUT', { site, version: 1, mode: 'shadow' }));
      expect(changed).toMatchObject({ mode: 'shadow', action: 'reject', params: { words: ['scum'] }, version: 2 });
      await app.expect(204, `${path}?site=${site}&version=2`, as(app.owner, 'DELETE'));
      expect((await rules(site)).items.map(({ id }) => id)).not.toContain('insults');
      const again = await create(site, { id: 'insults', kind: 'flood' });
      expect(again.version).toBe(4);
      const history = await app.expect<{ items: (Rule & { removed: boolean })[]; nextCursor: string | null }>(
        200,
        `${path}/versions?site=${site}&limit=3`,
        as(app.owner),
      );
      expect(history.items.map(({ version, mode, removed }) => [version, mode, removed])).toEqual([
        [4, 'enforce', false],
        [3, 'shadow', true],
        [2, 'shadow', false],
      ]);
      const rest = await app.expect<{ items: Rule[] }>(200, `${path}/versions`, {
        ...as(app.owner),
        query: { site, cursor: history.nextCursor ?? '' },
      });
      expect(rest.items.map(({ version }) => version)).toEqual([1]);
      const log = await app.expect<{ items: { action: string; codes: object }[] }>(
        200,
        `/moderation/log?site=${site}`,
        as(app.owner),
      );
      expect(log.items.filter(({ action }) => action.startsWith('rule.'))).toMatchObject([
        { action: 'rule.created', codes: { rule: 'insults', version: 4, kind: 'flood' } },
        { action: 'rule.removed', codes: { rule: 'insults', version: 3 } },
        { action: 'rule.changed', codes: { rule: 'insults', version: 2, mode: 'shadow' } },
        { action: 'rule.created', codes: { rule: 'insults', version: 1, action: 'reject' } },
      ]);
      expect(JSON.stringify(log.items)).not.toContain('scum');
    });

    it('keep the defaults beside the first own rule, as version 1 of each', async () => {
      const { site } = await newsroom();
      const { id } = await create(site, { kind: 'words', params: { words: ['scum'] } });
      expect(id).toBe('words');
      expect((await create(site, { kind: 'words', params: { words: ['vermin'] } })).id).toBe('words-2');
      const { version, items } = await rules(site);
      expect([version, items.length]).toEqual([2, 11]);
      expect(items.find((rule) => rule.id === 'personal-data')).toMatchObject({ version: 1, changedBy: null });
    });

    it('replace all rules at once, and leave alone those that are sent back as they were', async () => {
      const { site } = await newsroom();
      await create(site, { id: 'insults', kind: 'words', params: { words: ['scum'] } });
      const before = await rules(site);
      const kept = before.items.filter(({ id }) => id === 'insults' || id === 'flood');
      const body = { site, version: before.version, rules: [...kept, { id: 'loud', kind: 'shouting' }] };
      const after = await app.expect<Rules>(200, '/moderation/rules', as(app.owner, 'PUT', body));
      expect(after.version).toBe(before.version + 1);
      expect(after.items.map(({ id, version }) => [id, version])).toEqual([
        ['flood', 1],
        ['insults', 1],
        ['loud', 1],
      ]);
      const same = { site, version: after.version, rules: after.items };
      expect((await app.expect<Rules>(200, '/moderation/rules', as(app.owner, 'PUT', same))).version).toBe(
        after.version,
      );
      await refused(409, 'rules-changed', '/moderation/rules', as(app.owner, 'PUT', body));
    });

    it('let two admins not overwrite each other', async () => {
      const { site } = await newsroom();
      const replace = (id: string) =>
        app.call<Rules & ProblemBody>(
          '/moderation/rules',
          as(app.owner, 'PUT', { site, version: 0, rules: [{ id, kind: 'flood', mode: 'off' }] }),
        );
      const replaced = await Promise.all([replace('flood'), replace('rage'), replace('storm')]);
      expect(replaced.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      const { items } = await rules(site);
      expect(items).toEqual(replaced.find(({ status }) => status === 200)?.body.items);
      const first = items.find(({ id }) => id === 'flood');
      if (!first) await create(site, { id: 'flood', kind: 'flood', mode: 'off' });
      const { version: at = 0 } = (await rules(site)).items.find(({ id }) => id === 'flood') ?? {};
      const change = (mode: string) =>
        app.call<Rule & ProblemBody>('/moderation/rules/flood', as(app.owner, 'PUT', { site, version: at, mode }));
      const answers = await Promise.all([change('enforce'), change('shadow'), change('enforce'), change('shadow')]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      const conflict = answers.find(({ status }) => status === 409)?.body;
      expect(conflict).toMatchObject({ code: 'rule-changed', current: { version: at + 1 } });
      await refused(
        409,
        'rule-exists',
        '/moderation/rules',
        as(app.owner, 'POST', { site, id: 'flood', kind: 'flood' }),
      );
      const query = { site, version: at };
      await refused(409, 'rule-changed', '/moderation/rules/flood', { ...as(app.owner, 'DELETE'), query });
      await app.expect(204, '/moderation/rules', {
        ...as(app.owner, 'DELETE'),
        query: { site, id: 'flood', version: at + 1 },
      });
    });

    it.each<[string, object, string[]]>([
      ['an unknown kind', { kind: 'regex' }, ['/kind']],
      ['no kind', {}, ['/kind']],
      ['an unknown mode', { kind: 'flood', mode: 'on' }, ['/mode']],
      ['wrong params', { kind: 'flood', params: { posts: 0, per: 1 } }, ['/params/per', '/params/posts']],
      [
        'words that are none',
        { kind: 'words', params: { words: ['fine', 'a*b', 'x\u0000y'] } },
        ['/params/words/1', '/params/words/2'],
      ],
      ['half a character', { kind: 'words', params: { words: ['\ud800abc'] } }, ['/params/words/0']],
      ['an id that is none', { id: 'My Rule', kind: 'flood' }, ['/id']],
      ['a reserved id', { id: 'dry-runs', kind: 'flood' }, ['/id']],
      [
        'a secret of what asks nobody',
        { kind: 'flood', secret: `whsec_${Buffer.alloc(32).toString('base64')}` },
        ['/secret'],
      ],
      ['a short secret', { kind: 'external', params: { url: 'https://a.example' }, secret: 'whsec_YQ==' }, ['/secret']],
      ['an address that is none', { kind: 'external', params: { url: 'ftp://a.example/' } }, ['/params/url']],
      ['a private address', { kind: 'external', params: { url: 'http://169.254.169.254/' } }, ['/params/url']],
      [
        'a long time-out',
        { kind: 'external', params: { url: 'https://a.example', timeoutMs: 5_001 } },
        ['/params/timeoutMs'],
      ],
    ])('refuse %s by its place', async (_what, rule, pointers) => {
      const body = await refused(
        422,
        'validation',
        '/moderation/rules',
        as(app.owner, 'POST', { site: 'demo', ...rule }),
      );
      expect(body.errors?.map(({ pointer }) => pointer).sort()).toEqual(pointers);
    });

    it('refuse a wrong one among many by its place, and store none', async () => {
      const { version } = await rules();
      const list = [
        { id: 'a', kind: 'flood' },
        { id: 'b', kind: 'words', params: { words: [] } },
        { id: 'a', kind: 'flood' },
      ];
      const body = await refused(
        422,
        'validation',
        '/moderation/rules',
        as(app.owner, 'PUT', { site: 'demo', version, rules: list }),
      );
      expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['/rules/1/params/words', '/rules/2/id']);
      expect((await rules()).version).toBe(version);
      await refused(422, 'validation', '/moderation/rules', as(app.owner, 'PUT', { site: 'demo', rules: [] }));
    });

    it('are for staff: moderators read, admins and owners change', async () => {
      const { version } = await rules();
      const writes: [string, string, object | undefined][] = [
        ['POST', '/moderation/rules', { site: 'demo', kind: 'flood' }],
        ['PUT', '/moderation/rules', { site: 'demo', version, rules: [] }],
        ['PUT', '/moderation/rules/flood', { site: 'demo', version: 1, mode: 'off' }],
        ['DELETE', '/moderation/rules/flood?site=demo&version=1', undefined],
        ['DELETE', '/moderation/rules?site=demo&id=flood&version=1', undefined],
      ];
      const stranger = await (async () => {
        const { site } = await newsroom();
        return app.staff('owner', site);
      })();
      for (const [method, path, body] of writes) {
        await refused(403, 'forbidden', path, as(moderator, method, body));
        await refused(404, 'not-found', path, as(stranger, method, body));
        await refused(401, 'unauthenticated', path, as(ada, method, body));
        await refused(401, 'unauthenticated', path, { method, body });
      }
      for (const path of ['/moderation/rules?site=demo', '/moderation/rules/flood/versions?site=demo']) {
        await app.expect(200, path, as(moderator));
        await refused(404, 'not-found', path, as(stranger));
        await refused(401, 'unauthenticated', path, as(ada));
      }
      const made = await app.expect<Rule>(
        201,
        '/moderation/rules',
        as(admin, 'POST', { site: 'demo', id: 'of-admin', kind: 'flood', mode: 'off' }),
      );
      await app.expect(204, `/moderation/rules/of-admin?site=demo&version=${made.version}`, as(admin, 'DELETE'));
      await refused(404, 'not-found', '/moderation/rules/of-admin?site=demo&version=1', as(admin, 'DELETE'));
    });

    it('say when a list is too long, and how many words all lists may have', async () => {
      const { site } = await newsroom();
      const words = Array.from({ length: 15_000 }, (_, n) => `word${n.toString(36)}`);
      for (let n = 1; n <= 3; n++)
        await create(site, { id: `long-${n}`, kind: 'words', mode: 'off', params: { words } });
      const more = { site, kind: 'words', params: { words } };
      const body = await refused(422, 'validation', '/moderation/rules', as(app.owner, 'POST', more));
      expect(body.detail).toMatch(/60,000 words together/);
      const huge = words.map((word) => word.padEnd(90, 'x'));
      await refused(
        413,
        'too-large',
        '/moderation/rules',
        as(app.owner, 'POST', { site, kind: 'words', params: { words: huge } }),
      );
    });

    it('take a list of 5,000 words', async () => {
      const letters = 'bcdfghjklmnpqrst';
      const words = Array.from(
        { length: 5_000 },
        (_, n) => `z${[...n.toString(16)].map((digit) => letters[parseInt(digit, 16)]).join('a')}oq`,
      );
      const { post } = await newsroom([{ id: 'long', kind: 'words', action: 'reject', params: { words } }]);
      expect((await post(`Here it comes: ${words[4_321]}`)).status).toBe('rejected');
      expect((await post('Nothing of the kind')).status).toBe('published');
    });
  });

  describe('judge comments', () => {
    it.each<[string, object, string, string]>([
      ['length', { kind: 'length', params: { least: 5 } }, 'Hm.', 'pending'],
      ['words', { kind: 'words', action: 'reject', params: { words: ['scum'] } }, 'You 5cum', 'rejected'],
      ['personal-data', { kind: 'personal-data' }, 'Write to me@mail.example please', 'pending'],
      [
        'domains',
        { kind: 'domains', action: 'reject', params: { banned: ['pills.example'] } },
        'https://www.pills.example/x',
        'rejected',
      ],
      [
        'deceptive-links',
        { kind: 'deceptive-links', params: { trusted: ['paypal.com'] } },
        '[here](https://paypa1.com/)',
        'pending',
      ],
      ['shouting', { kind: 'shouting' }, 'THIS IS WHAT I THINK OF ALL OF THIS NONSENSE', 'pending'],
      [
        'language',
        { kind: 'language', params: { languages: ['fr'] } },
        'The council has decided that buses will not run at night any more, and nobody asked the people who work then.',
        'pending',
      ],
      ['hours', { kind: 'hours', params: { from: '00:00', until: '00:00' } }, 'At any time', 'pending'],
      ['new-reader', { kind: 'new-reader' }, 'My first one', 'pending'],
    ])('by %s', async (kind, rule, body, status) => {
      const { post, screening } = await newsroom([{ id: 'tried', ...rule }]);
      const comment = await post(body);
      expect(comment.status).toBe(status);
      expect(await screening(comment.id)).toMatchObject([
        { rule: 'tried', kind, version: 1, action: status === 'rejected' ? 'reject' : 'hold' },
      ]);
    });

    it('by repeats, one’s own and those of others, however they are dressed up', async () => {
      const { site, status, author } = await newsroom([{ id: 'again', kind: 'repeats', params: { others: 1 } }]);
      const [second, third] = await Promise.all([app.guest('Bo', site), app.guest('Cy', site)]);
      expect(await status('Buy the cheapest watches on earth right now')).toBe('published');
      expect(await status('BUY the cheapest wátches on earth, right now!!')).toBe('pending');
      expect(await status('Something that nobody has said before today')).toBe('published');
      expect(await status('Buy the cheapest watches on earth right now', second)).toBe('published');
      expect(await status('Buy the cheapest watches on earth right now', third)).toBe('pending');
      expect(await status('Me too', author)).toBe('published');
      expect(await status('Me too', author)).toBe('published');
    });

    it('by floods', async () => {
      const { status } = await newsroom([{ id: 'rage', kind: 'flood', params: { posts: 2, perSeconds: 60 } }]);
      expect([await status('One'), await status('Two'), await status('Three')]).toEqual([
        'published',
        'published',
        'pending',
      ]);
    });

    it('by what became of the author’s earlier comments', async () => {
      const { site, post, author } = await newsroom([
        { id: 'first', kind: 'new-reader', params: { published: 2 } },
        { id: 'often', kind: 'rejection-rate', params: { share: 0.5, leastDecisions: 2 } },
      ]);
      const [one, two] = [await post('One'), await post('Two')];
      expect([one.status, two.status]).toEqual(['pending', 'pending']);
      await app.decide(app.owner, 'approve', [one, two]);
      const three = await post('Three');
      expect(three.status).toBe('published');
      const four = await post('Four');
      await app.decide(app.owner, 'reject', [three, four], { reason: 'abuse' });
      expect((await post('Five')).status).toBe('pending');
      expect((await post('Of somebody else', await app.guest('Bo', site))).status).toBe('pending');
      expect(author.id).not.toBe('');
    });

    it('hold what the default rules find, and ordinary text not', async () => {
      const { status } = await newsroom();
      expect(await status('I think that the council should run more buses at night.')).toBe('published');
      expect(await status('What a load of bullshit')).toBe('pending');
      expect(await status('My card is 4111 1111 1111 1111')).toBe('pending');
    });

    it('in shadow change nothing, and only staff see what they would have done', async () => {
      const { site, post, author, screening } = await newsroom([
        { id: 'trial', kind: 'words', action: 'reject', mode: 'shadow', params: { words: ['scum'] } },
      ]);
      const comment = await post('You scum');
      expect([comment.status, comment.hints]).toEqual(['published', undefined]);
      expect(await screening(comment.id)).toMatchObject([
        { rule: 'trial', action: 'note', would: 'reject', version: 1 },
      ]);
      const preview = await app.expect<{ verdict: string; findings: object[] }>(
        200,
        `${threadPath('t', site)}/comments?preview=true`,
        as(author, 'POST', { body: 'You scum' }),
      );
      expect(preview).toMatchObject({ verdict: 'publish', findings: [] });
    });

    it('tell the author what to mend, and no word of a list', async () => {
      const { site, post, author } = await newsroom([
        { id: 'secret-list-7', kind: 'words', params: { words: ['vermin*'] } },
        { id: 'private', kind: 'personal-data' },
      ]);
      const body = 'These verminous people: write to me@mail.example';
      const preview = await app.call(`${threadPath('t', site)}/comments?preview=true`, as(author, 'POST', { body }));
      expect(preview.body).toMatchObject({
        verdict: 'hold',
        findings: [
          { rule: 'words', action: 'hold', evidence: [{ text: 'vermin' }] },
          { rule: 'personal-data', hint: expect.stringContaining('e-mail address') as string },
        ],
      });
      expect(preview.text).not.toMatch(/vermin\*|secret-list-7/);
      expect((await post(body)).hints).toEqual([expect.stringContaining('e-mail address')]);
    });

    it('screen an edit with all rules, which can take a published comment back', async () => {
      const { author, post, screening } = await newsroom([
        { id: 'private', kind: 'personal-data' },
        { id: 'again', kind: 'repeats', params: {} },
      ]);
      const comment = await post('A comment about which nobody could complain');
      expect(comment.status).toBe('published');
      const edit = (body: string) =>
        app.expect<Comment & { hints?: string[] }>(200, `/comments/${comment.id}`, as(author, 'PATCH', { body }));
      // Its own earlier text is no repeat.
      expect((await edit('A comment about which nobody could complain!')).status).toBe('published');
      const held = await edit('Call me: me@mail.example');
      expect([held.status, held.hints?.length]).toEqual(['pending', 1]);
      expect(await screening(comment.id)).toMatchObject([{ rule: 'private', kind: 'personal-data' }]);
    });

    it('go by the clock of the site', async () => {
      const { site, status } = await newsroom([
        { id: 'night', kind: 'hours', params: { from: '00:00', until: '12:00' } },
      ]);
      const hour = new Date().getUTCHours();
      // One of these zones has morning when the other has afternoon.
      const [morning, afternoon] = hour < 12 ? ['Etc/GMT', 'Etc/GMT-12'] : ['Etc/GMT-12', 'Etc/GMT'];
      await app.settings({ timeZone: morning }, site);
      expect(await status('In the morning')).toBe('pending');
      await app.settings({ timeZone: afternoon }, site);
      expect(await status('In the afternoon')).toBe('published');
    });

    it('as they are now, on every node at once', async () => {
      const { site, author, post } = await newsroom([
        { id: 'insults', kind: 'words', mode: 'off', params: { words: ['scum'] } },
      ]);
      expect((await post('You scum', author, second)).status).toBe('published');
      for (let version = 1, mode = 'enforce'; version <= 4; version++, mode = mode === 'off' ? 'enforce' : 'off') {
        await app.expect(200, '/moderation/rules/insults', as(app.owner, 'PUT', { site, version, mode }));
        expect((await post('You scum')).status).toBe(mode === 'off' ? 'published' : 'pending');
        await app.settled();
        // The signal travels for some milliseconds; without one the second node would be a second behind.
        const deadline = Date.now() + 900;
        let seen = '';
        while (seen !== (mode === 'off' ? 'published' : 'pending') && Date.now() < deadline) {
          seen = (await post('You scum', author, second)).status;
        }
        expect([version, seen]).toEqual([version, mode === 'off' ? 'published' : 'pending']);
      }
    });
  });
});

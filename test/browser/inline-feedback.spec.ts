import { mkdirSync } from 'node:fs';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { until } from '../support/until.js';
import { ARTICLES } from './anchoring-stage.js';
import { commentBy, isLive, Stage, write } from './stage.js';

const SCREENSHOTS = 'test-results';
const FERRY =
  '<h2>The ferry</h2><p>The ferry leaves the <b>old pier</b> at seven in the morning, as it has done since the war.</p>' +
  '<p>Tickets cost nine crowns; children under six and those who push a bicycle travel free of charge.</p>' +
  '<p>In winter it leaves an hour later, and not at all when there is ice in the harbour.</p>';

let stage: Stage;
beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  stage = await Stage.open();
});
afterAll(() => stage?.close());

/** Selects words with the mouse. */
async function drag(page: Page, words: string): Promise<void> {
  const [from, to] = await page.evaluate(placeOfWords, { words });
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, to.y);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

/** In the page: scrolls there, and says where the words begin and end. */
function placeOfWords({
  words,
  still = false,
}: {
  words: string;
  still?: boolean;
}): [{ x: number; y: number }, { x: number; y: number }] {
  const walker = document.createTreeWalker(document.querySelector('article')!, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.textContent!.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    if (!still) range.startContainer.parentElement!.scrollIntoView({ block: 'center', behavior: 'instant' });
    const boxes = [...range.getClientRects()];
    const [first, last] = [boxes[0]!, boxes.at(-1)!];
    return [
      { x: first.left + 0.5, y: first.top + first.height / 2 },
      { x: last.right - 0.5, y: last.top + last.height / 2 },
    ];
  }
  throw new Error(`not in the article: ${words}`);
}

async function clickWords(page: Page, words: string): Promise<void> {
  const [from, to] = await page.evaluate(placeOfWords, { words });
  await page.mouse.click((from.x + to.x) / 2, (from.y + to.y) / 2);
}

/** The words that are marked, by the names of the highlights. */
const marked = (page: Page, kind: 'selection' | 'question' | 'draft'): Promise<string[]> =>
  page.evaluate((name) => Array.from(CSS.highlights.get(name)?.keys() ?? [], String), `postil-${kind}`);
const isMarked = (page: Page, kind: 'selection' | 'question', words: string[]): Promise<void> =>
  until(async () => (await marked(page, kind)).join('|') === words.join('|'), `${words.join('|')} to be marked`);

const bubble = (page: Page): Locator => page.getByRole('button', { name: 'Comment on this passage' }).first();
const popover = (page: Page): Locator => page.getByRole('dialog');
const count = (page: Page, value: string): Locator => page.locator('.count .number', { hasText: value });
const passages = (page: Page): Locator => page.locator('details.passages');
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });
const quoting = (exact: string) => ({ anchor: { selectors: [{ type: 'TextQuoteSelector' as const, exact }] } });

describe('inline feedback', () => {
  it('marks words with the mouse, waits for a moderator, and shows mark and count live in another window', async () => {
    const path = await stage.thread('ferry', { html: FERRY });
    const [ada, ben] = await Promise.all([stage.window(path), stage.window(path)]);
    await Promise.all([isLive(ada), isLive(ben)]);
    await drag(ada, 'old pier');
    await bubble(ada).click();
    await popover(ada).getByText('“old pier”').waitFor();
    expect(await marked(ada, 'draft')).toEqual(['old pier']);
    await write(ada, 'Your comment on this passage', 'It was *closed* last week.', 'Ada');
    await popover(ada).getByText('Only you see it until a moderator has read it.').waitFor();
    await popover(ada).getByRole('button', { name: 'Done' }).click();
    await popover(ada).waitFor({ state: 'hidden' });
    // My words stay marked for me, also when the page is read again.
    await isMarked(ada, 'selection', ['old pier']);
    await ada.reload();
    await isMarked(ada, 'selection', ['old pier']);
    await commentBy(ada, 'Ada').getByText('Waiting for review').waitFor();
    await commentBy(ada, 'Ada').getByText('“old pier”').waitFor();
    expect(await marked(ben, 'selection')).toEqual([]);
    expect(await count(ben, '1').count()).toBe(0);

    const mine = await stage.waiting('ferry');
    await stage.approve(...mine);
    await count(ben, '1').waitFor();
    expect(await marked(ben, 'selection')).toEqual(['old pier']);
    await ben.getByRole('button', { name: 'Inline Feedbacks (1)' }).waitFor();
    await count(ben, '1').click();
    await popover(ben).getByText('It was closed last week.').waitFor();
    await popover(ben).getByRole('button', { name: 'Comment on this passage' }).click();
    await write(ben, 'Your comment on this passage', 'On Sunday.', 'Ben');
    await popover(ben).getByText('Only you see it').waitFor();
    await stage.approve(...(await stage.waiting('ferry')));
    await count(ada, '2').waitFor();
    expect(await marked(ada, 'selection')).toEqual(['old pier']);
  });

  it('opens a question in the text, shows the last three answers, and lists those of the passage first', async () => {
    const path = await stage.thread('ask', { html: FERRY, moderationMode: 'post' });
    const question = await stage.ask('ask', 'Is that too much?', 'nine crowns');
    const page = await stage.window(path);
    await isLive(page);
    await isMarked(page, 'question', ['nine crowns']);
    await clickWords(page, 'nine crowns');
    await popover(page).getByText('Is that too much?').waitFor();
    await write(page, 'Your answer', 'For a family it is.', 'Ada');
    await popover(page).getByText('Posted.').waitFor();
    await popover(page).getByRole('button', { name: 'Done' }).click();
    await count(page, '1').waitFor();

    const long =
      'A long answer, which goes on and on about ferries and their fares until it is cut somewhere here, I hope';
    for (const [name, text] of Object.entries({ Ben: 'No.', Cleo: long, Dan: 'Last of all' }))
      await stage.post(name, 'ask', text, { passageId: question.id });
    await stage.post('Eve', 'ask', 'On other words', quoting('ice in the harbour'));
    await stage.post('Eve', 'ask', 'On no words at all');
    await count(page, '4').click();
    const latest = popover(page).getByRole('listitem');
    await until(async () => (await latest.count()) === 3, 'three comments');
    const texts = await latest.getByRole('link').allTextContents();
    expect(texts.map((text) => text.slice(0, 13))).toEqual(['Last of all', 'A long answer', 'No.']);
    expect(texts[1]!.length).toBeLessThanOrEqual(85);
    expect(texts[1]).toMatch(/…$/);
    await popover(page).getByRole('button', { name: 'View all comments' }).click();

    const bar = page.getByRole('group', { name: 'Inline Feedbacks' });
    await bar.waitFor();
    const bodies = page.locator('.comments > .comment > article .body');
    await until(async () => (await bodies.count()) === 5, 'the inline comments');
    const listed = (await bodies.allTextContents()).map((text) => text.trim().slice(0, 13));
    expect(listed).toEqual(['Last of all', 'A long answer', 'No.', 'For a family ', 'On other word']);
    const headings = await page.locator('.comments h3').allTextContents();
    expect(headings).toEqual(['On “nine crowns”', 'Other inline feedbacks']);
    await bar.getByRole('button', { name: 'View all comments' }).click();
    await page.getByText('On no words at all').waitFor();
    expect(await bar.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Inline Feedbacks (5)' }).click();
    await page.getByText('On no words at all').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Inline Feedbacks (5)', pressed: true }).waitFor();

    // What is posted below while inline comments alone are listed leads back to all.
    await write(page, 'Your comment', 'Off the record');
    await page.locator('.comments').getByText('Off the record').waitFor();
    expect(await bar.isVisible()).toBe(false);

    // Its words jump.
    await commentBy(page, 'Eve')
      .filter({ hasText: 'On other words' })
      .getByRole('button', { name: /Go to the/ })
      .click();
    await until(() => isInView(page, 'ice in the harbour'), 'the words in view');
    const call = { method: 'PATCH', token: stage.ownerToken, body: { open: false } };
    await stage.server.ask(`/sites/demo/threads/ask/passages/${question.id}`, call);
    await clickWords(page, 'nine crowns');
    await popover(page).getByText('This question is closed.').waitFor();
  });

  it('tells an open page what an edit did to the words, and of their return', async () => {
    const path = await stage.thread('edited', { html: FERRY, moderationMode: 'post' });
    await stage.post('Ada', 'edited', 'Who owns it?', quoting('not at all when there is ice in the harbour'));
    await stage.post('Ben', 'edited', 'And prams?', quoting('those who push a bicycle travel free of charge'));
    const page = await stage.window(path);
    await isLive(page);
    const both = ['those who push a bicycle travel free of charge', 'not at all when there is ice in the harbour'];
    await until(async () => (await marked(page, 'selection')).length === 2, 'two marks');
    expect((await marked(page, 'selection')).sort()).toEqual([...both].sort());

    const edited = FERRY.replace('push a bicycle travel free', 'push a pram travel free').replace(
      /, and not at all when there is ice in the harbour/,
      '',
    );
    await stage.publish('edited', edited);
    await commentBy(page, 'Ben').getByText('It read “those who push a bicycle').waitFor();
    await commentBy(page, 'Ben').getByText('“those who push a pram travel free of charge”').waitFor();
    await commentBy(page, 'Ada').getByText('this passage is no longer in it').waitFor();
    await commentBy(page, 'Ada').getByText('“not at all when there is ice in the harbour”').waitFor();
    expect(
      await commentBy(page, 'Ada')
        .getByRole('button', { name: /Go to the/ })
        .count(),
    ).toBe(0);
    // The page still shows the older words: they stay marked as they were, and the orphan is not.
    await isMarked(page, 'selection', [both[0]!]);
    await passages(page).getByText('Passages with comments (2)').click();
    await passages(page).getByText('this passage is no longer in it').waitFor();

    // A reader whose page is older marks what is on it.
    await drag(page, 'since the war');
    await bubble(page).click();
    await write(page, 'Your comment on this passage', 'Which one?', 'Cleo');
    await popover(page).getByText('Posted.').waitFor();
    await popover(page).getByRole('button', { name: 'Done' }).click();
    const { items } = await stage.server.ask<{ items: { anchor: { revision: number }; quote: { exact: string } }[] }>(
      '/sites/demo/threads/edited/passages',
    );
    expect(items.map(({ anchor, quote }) => [quote.exact, anchor.revision])).toContainEqual(['since the war', 2]);

    // The page is brought up to date by the publisher's own script.
    await page.evaluate((html) => (document.querySelector('#text')!.innerHTML = html), edited);
    const now = ['since the war', 'those who push a pram travel free of charge'];
    await until(async () => (await marked(page, 'selection')).sort().join('|') === now.join('|'), 'the newer words');

    await stage.publish('edited', FERRY);
    await commentBy(page, 'Ada').getByText('no longer in it').waitFor({ state: 'hidden' });
    await commentBy(page, 'Ben').getByText('It read').waitFor({ state: 'hidden' });
    await page.reload();
    await until(async () => (await marked(page, 'selection')).length === 3, 'all marks');
    await commentBy(page, 'Ada')
      .getByRole('button', { name: /Go to the/ })
      .waitFor();
  });

  it('needs no mouse', async () => {
    const path = await stage.thread('keys', { html: FERRY, moderationMode: 'post' });
    await stage.ask('keys', 'Is that too much?', 'nine crowns');
    const page = await stage.window(path);
    await isMarked(page, 'question', ['nine crowns']);
    // As a browser's caret browsing or a screen reader selects: a caret, then Shift and arrows.
    await page.evaluate(() => {
      const words = document.querySelector('#text b')!.firstChild!;
      document.getSelection()!.setBaseAndExtent(words, 0, words, 7);
    });
    await page.keyboard.press('Shift+ArrowRight');
    await page.getByText('Press Tab and Enter to comment on the selected words.').waitFor({ state: 'attached' });
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Comment on this passage');
    await page.keyboard.press('Escape');
    expect(await bubble(page).isVisible()).toBe(false);
    await page.keyboard.press('Shift+ArrowLeft');
    await bubble(page).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Typed, not clicked.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Kim');
    await page.keyboard.press('Enter');
    await popover(page).getByText('Posted.').waitFor();
    expect(await focused(page)).toBe('Done');
    await page.keyboard.press('Enter');
    await popover(page).waitFor({ state: 'hidden' });

    await passages(page).locator('summary').focus();
    await page.keyboard.press('Enter');
    const items = passages(page).getByRole('listitem');
    await until(async () => (await items.count()) === 2, 'two passages');
    expect(await items.nth(0).textContent()).toContain('old pie');
    expect(await items.nth(1).textContent()).toContain('The editors ask: Is that too much?');
    await items.nth(1).getByRole('button', { name: 'Go to the words in the article: nine crowns' }).press('Enter');
    expect(await focused(page)).toContain('Tickets cost nine crowns');
    const answer = items.nth(1).getByRole('button', { name: 'Answer: Is that too much?' });
    await answer.press('Enter');
    await page.getByRole('dialog', { name: 'A question of the editors' }).waitFor();
    await page.keyboard.type('Yes.');
    await page.keyboard.press('Control+Enter');
    await popover(page).getByText('Posted.').waitFor();
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('Answer: Is that too much?');
    await answer.press('Enter');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Escape');
    await popover(page).waitFor({ state: 'hidden' });
  });

  it('keeps what was typed when sending fails, and posts it once', async () => {
    const path = await stage.thread('flaky', { html: FERRY, moderationMode: 'post' });
    const page = await stage.window(path);
    await isLive(page);
    const keys: string[] = [];
    await page.route('**/threads/flaky/comments', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      // The server has it, and its answer is lost; later the way there is gone too.
      if (keys.length === 1) await route.fetch();
      return keys.length <= 3 ? route.abort() : route.continue();
    });
    await drag(page, 'free of charge');
    await bubble(page).click();
    await write(page, 'Your comment on this passage', 'Only on Sundays.', 'Ada');
    await popover(page).getByText('The server cannot be reached.').waitFor();
    expect(await popover(page).getByRole('textbox', { name: 'Your comment on this passage' }).inputValue()).toBe(
      'Only on Sundays.',
    );
    // Neither Escape nor a click beside it loses it; closed, it comes back with the same words.
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    await popover(page).getByRole('button', { name: 'Close' }).click();
    await drag(page, 'free of charge');
    await bubble(page).click();
    const field = popover(page).getByRole('textbox', { name: 'Your comment on this passage' });
    expect(await field.inputValue()).toBe('Only on Sundays.');
    await popover(page).getByRole('button', { name: 'Post comment' }).click();
    await popover(page).getByText('Posted.').waitFor();
    expect(new Set(keys).size).toBe(1);
    expect((await stage.server.list('flaky')).total).toBe(1);
  });

  it.each(ARTICLES)(
    'stands beside the words of a publisher’s own markup, and changes none of it: $name',
    async (given) => {
      const key = `markup-${given.name}`;
      const path = await stage.thread(key, { html: given.html, moderationMode: 'post' });
      const page = await stage.window(path);
      await isLive(page);
      const markup = () => page.evaluate(() => document.querySelector('#text')!.outerHTML);
      const before = await markup();
      const words = await page.evaluate(() => {
        const walker = document.createTreeWalker(document.querySelector('#text')!, NodeFilter.SHOW_TEXT);
        const texts: string[] = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const visible = node.parentElement!.checkVisibility() && node.parentElement!.closest('p, td, li');
          if (visible && !node.parentElement!.closest('a')) texts.push(node.textContent!);
        }
        const long = texts.sort((one, other) => other.length - one.length)[0]!.trim();
        return long.slice(0, 24).trim();
      });
      await drag(page, words);
      await bubble(page).click();
      await write(page, 'Your comment on this passage', 'In any markup.', 'Ada');
      await popover(page).getByText('Posted.').waitFor();
      await popover(page).getByRole('button', { name: 'Done' }).click();
      await count(page, '1').waitFor();
      await until(async () => (await marked(page, 'selection')).join('') === words, `${words} to be marked`);
      expect((await markup()).replace(' tabindex="-1"', '')).toBe(before);
      await page.screenshot({ path: `${SCREENSHOTS}/${key}.png` });
    },
  );

  it('paints over the page where the browser has no highlights', async () => {
    const path = await stage.thread('plain-marks', { html: FERRY, moderationMode: 'post' });
    await stage.post('Ada', 'plain-marks', 'Old?', quoting('old pier'));
    const page = await stage.blank();
    await page.addInitScript(() => Reflect.deleteProperty(window, 'Highlight'));
    await page.goto(path);
    const box = page.locator('[data-layer=selection]');
    await box.waitFor({ state: 'attached' });
    const [from, to] = await page.evaluate(placeOfWords, { words: 'old pier' });
    await until(async () => {
      const place = await box.boundingBox();
      return place !== null && Math.abs(place.x - from.x) < 2 && Math.abs(place.x + place.width - to.x) < 2;
    }, 'the mark to stand over the words');
    await clickWords(page, 'old pier');
    await popover(page).getByText('Old?').waitFor();
  });

  it('puts counts on the left of a text that runs to the left', async () => {
    const html =
      '<style>article { direction: rtl; max-width: 30em; margin: auto }</style>' +
      '<p>תצא המעבורת מן <b>הרציף הישן</b> בשבע בבוקר, כפי שנהגה מאז המלחמה ההיא.</p>';
    const path = await stage.thread('rtl', { html, moderationMode: 'post' });
    await stage.post('Ada', 'rtl', 'סגור', quoting('הרציף הישן'));
    const page = await stage.window(path, { viewport: { width: 360, height: 700 } });
    await count(page, '1').waitFor();
    expect(await marked(page, 'selection')).toEqual(['הרציף הישן']);
    const place = (await count(page, '1').boundingBox())!;
    expect(place.x).toBeLessThan((await page.locator('article').first().boundingBox())!.x + 24);
    expect(await overflow(page)).toBe(0);
  });

  const looks: [string, BrowserContextOptions][] = [
    ['1200-light', { viewport: { width: 1200, height: 900 }, colorScheme: 'light' }],
    ['1200-dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }],
    ['360-light', { viewport: { width: 360, height: 740 }, colorScheme: 'light', hasTouch: true, isMobile: true }],
    ['360-dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark', hasTouch: true, isMobile: true }],
  ];

  it.each(looks)('fits its window, and names what can be used: %s', async (name, options) => {
    await conversation();
    const page = await stage.window('/', options);
    await isLive(page);
    await until(async () => (await count(page, '3').count()) > 0, 'counts');
    const shot = (what: string) => page.screenshot({ path: `${SCREENSHOTS}/inline-${what}-${name}.png` });
    await drag(page, 'The council’s');
    await bubble(page).waitFor();
    await shot('bubble');
    await bubble(page).click();
    await popover(page).waitFor();
    await rested(page);
    await shot('words');
    await popover(page).getByRole('button', { name: 'Cancel' }).click();
    await count(page, '3').click();
    await popover(page).getByRole('listitem').nth(2).waitFor();
    await rested(page);
    await shot('latest');
    const [, words] = await page.evaluate(placeOfWords, { words: 'metres, uphill', still: true });
    const card = (await popover(page).boundingBox())!;
    expect(words.y > 0 && (words.y < card.y || words.y > card.y + card.height)).toBe(true);
    expect(await overflow(page)).toBe(0);
    expect(await nameless(page)).toEqual([]);
    await popover(page).getByRole('button', { name: 'View all comments' }).click();
    await page.getByRole('heading', { name: 'Other inline feedbacks' }).waitFor();
    await page.getByRole('group', { name: 'Inline Feedbacks' }).waitFor();
    await rested(page);
    await shot('thread');
    await passages(page).locator('summary').click();
    await passages(page).evaluate((list) => list.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await shot('list');
    expect(await overflow(page)).toBe(0);
    expect(await nameless(page)).toEqual([]);
    await page.locator('.count .ask').first().scrollIntoViewIfNeeded();
    await page.locator('.count .ask').first().click();
    await popover(page).getByText('The editors ask').waitFor();
    await rested(page);
    await shot('question');
    expect(await nameless(page)).toEqual([]);
  });
});

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What can be used but has no name that a screen reader could say. */
async function nameless(page: Page): Promise<string[]> {
  const tree = await page.locator('body').ariaSnapshot();
  return tree
    .split('\n')
    .filter((line) => /^\s*- (button|link|textbox|combobox|dialog|form|group|img)(?! ")/.test(line));
}

/** Smooth scrolling is over. */
async function rested(page: Page): Promise<void> {
  let last = NaN;
  await until(async () => {
    const now = await page.evaluate(() => scrollY);
    const same = now === last;
    last = now;
    return same;
  }, 'the page to stand still');
}

const isInView = (page: Page, words: string): Promise<boolean> =>
  page.evaluate((text) => {
    const range = Array.from(CSS.highlights.get('postil-selection')?.keys() ?? []).find(
      (mark) => String(mark) === text,
    );
    const box = (range as Range | undefined)?.getBoundingClientRect();
    return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
  }, words);

let talked: Promise<void> | undefined;
/** On the demo article, once: a question with answers, words that readers marked. */
function conversation(): Promise<void> {
  return (talked ??= (async () => {
    const question = await stage.ask(
      'welcome',
      'Would nine hundred metres keep you at home?',
      'nine hundred metres, uphill',
    );
    const on = { passageId: question.id };
    const posts = [
      await stage.post(
        'Ada',
        'welcome',
        'It does already. My mother is eighty and has not been out after dark since spring.',
        on,
      ),
      await stage.post(
        'Ben',
        'welcome',
        'With the lamps repaired: no. I walk that path every morning, and it is the light that is missing.',
        on,
      ),
      await stage.post('Cleo', 'welcome', 'Nine hundred *uphill* is not nine hundred.', on),
      await stage.post('Dan', 'welcome', 'That is a lot of people.', quoting('Forty-four per cent drive alone')),
      await stage.post(
        'Eve',
        'welcome',
        'Fifty cents is nothing.',
        quoting('the evening parking charge in the centre by fifty cents an hour'),
      ),
      await stage.post('Eve', 'welcome', 'A comment on the whole of it.'),
    ];
    await stage.approve(...posts);
  })());
}

import type { Page } from 'playwright-core';
import { AnchoringStage, article, ARTICLES } from './anchoring-stage.js';

let stage: AnchoringStage;
beforeAll(async () => {
  stage = await AnchoringStage.open();
});
afterAll(() => stage?.close());

type By = 'highlights' | 'overlay';
const WAYS: By[] = ['highlights', 'overlay'];

/** Marks words of the article, one mark each, and keeps the marks as `window.marks`. */
async function mark(page: Page, by: By, words: Record<string, string>): Promise<void> {
  await page.evaluate(
    ([way, given]) => {
      const root = document.querySelector<HTMLElement>('#article')!;
      const map = window.anchoring.articleText(root);
      const marks = new window.anchoring.Highlights(root, way);
      for (const [id, text] of Object.entries(given)) {
        const start = map.text.indexOf(text);
        marks.set(
          id,
          id.startsWith('q') ? 'question' : 'selection',
          map.rangesOf({ start, end: start + text.length })!,
        );
      }
      Object.assign(window, { marks });
    },
    [by, words] as const,
  );
  await painted(page);
}

declare global {
  interface Window {
    marks: InstanceType<Window['anchoring']['Highlights']>;
  }
}

const painted = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** The boxes of the overlay and those of the words that it is to cover, in whole pixels of the page. */
const boxes = (page: Page, id: string) =>
  page.evaluate((given) => {
    const whole = ({ left, top, width, height }: DOMRect) => [left, top, width, height].map(Math.round).join();
    const overlay = document.querySelectorAll('[data-postil-skip][aria-hidden] > [data-layer]');
    return {
      painted: Array.from(overlay, (box) => whole(box.getBoundingClientRect())),
      words: window.marks.boxesOf(given).map(whole),
    };
  }, id);

/** A point in the middle of the first line of a mark. */
const middle = (page: Page, id: string) =>
  page.evaluate((given) => {
    const { left, top, width, height } = window.marks.boxesOf(given)[0]!;
    return { x: left + width / 2, y: top + height / 2 };
  }, id);

describe.each(WAYS)('marks by %s', (by) => {
  it.each(ARTICLES)('leave the article’s elements as they are: $name', async ({ html, text }) => {
    const page = await stage.page(html);
    const before = await page.innerHTML('#article');
    const lines = text.split('\n');
    await mark(page, by, Object.fromEntries(lines.map((line, index) => [`${index % 2 ? 'q' : 's'}${index}`, line])));
    await page.evaluate(() => {
      window.marks.activate(window.marks.inOrder()[0]);
      window.marks.flash(window.marks.inOrder()[1]!);
    });
    await painted(page);
    expect(await page.innerHTML('#article')).toBe(before);
    await page.evaluate(() => window.marks.close());
    await painted(page);
    expect(await page.innerHTML('#article')).toBe(before);
    expect(
      await page.evaluate(() => [
        document.querySelectorAll('[aria-hidden] > [data-layer]').length,
        CSS.highlights.size,
      ]),
    ).toEqual([0, 0]);
    await page.close();
  });

  it('change how the words look, and only them', async () => {
    const page = await stage.page('<p>One night bus goes by.</p>', '<style>body { font: 40px monospace }</style>');
    const clean = await page.locator('#article').screenshot();
    await mark(page, by, { s: 'night bus' });
    const marked = await page.locator('#article').screenshot();
    expect(marked.equals(clean)).toBe(false);
    const outside = { x: 0, y: 0, width: 60, height: 200 };
    const one = await page.screenshot({ clip: outside });
    await page.evaluate(() => window.marks.delete('s'));
    await painted(page);
    expect((await page.locator('#article').screenshot()).equals(clean)).toBe(true);
    expect((await page.screenshot({ clip: outside })).equals(one)).toBe(true);
    await page.close();
  });

  it('tell which of them lie under a point, the shortest first', async () => {
    const { html } = article('wordpress');
    const page = await stage.page(html);
    const sentence = 'One in eight said they had turned down work because they could not get there';
    await mark(page, by, { sentence, word: 'turned down work', q: 'Leonie Abara, nurse' });
    await page.evaluate(() => window.marks.show('word'));
    await page.waitForFunction(() => window.marks.boxesOf('word')[0]!.top < innerHeight);
    await settled(page);
    const hits = (x: number, y: number) => page.evaluate(([at, below]) => window.marks.at(at!, below!), [x, y]);
    const word = await middle(page, 'word');
    expect(await hits(word.x, word.y)).toEqual(['word', 'sentence']);
    const first = await page.evaluate(() => window.marks.boxesOf('sentence')[0]!.toJSON() as DOMRect);
    expect(await hits(first.left + 3, first.top + 5)).toEqual(['sentence']);
    expect(await hits(first.left + 3, first.top - 200)).toEqual([]);
    // Right of a line's end the cursor snaps to the words, and the mark must not.
    const last = await page.evaluate(() => window.marks.boxesOf('sentence').at(-1)!.toJSON() as DOMRect);
    expect(await hits(last.right + 30, last.top + 5)).toEqual([]);
    await page.close();
  });

  it('are listed by their place', async () => {
    const page = await stage.page(article('wordpress').html);
    await mark(page, by, { c: 'turned down work', a: 'Alder', q: 'nine votes to five', b: 'On those nights' });
    expect(await page.evaluate(() => window.marks.inOrder())).toEqual(['a', 'q', 'b', 'c']);
    await page.close();
  });

  it('survive what scripts put between the words', async () => {
    const page = await stage.page('<p>The plan was approved on Thursday.</p>');
    await mark(page, by, { s: 'approved on Thursday' });
    await page.evaluate(() => {
      const paragraph = document.querySelector('#article p')!;
      paragraph.before(Object.assign(document.createElement('div'), { style: 'height: 300px', textContent: 'Ad' }));
      (paragraph.firstChild as Text).splitText(4);
      paragraph.normalize();
    });
    await settled(page);
    expect(await page.evaluate(() => window.marks.boxesOf('s').length)).toBe(1);
    const found = await boxes(page, 's');
    if (by === 'overlay') expect(found.painted).toEqual(found.words);
    await page.close();
  });
});

/** Scrolling and the layout that follows are over when nothing has moved for a while. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      new Promise<boolean>((done) => {
        const from = JSON.stringify([scrollY, document.body.scrollHeight]);
        setTimeout(() => done(from === JSON.stringify([scrollY, document.body.scrollHeight])), 120);
      }),
  );
  await painted(page);
}

describe('the overlay', () => {
  it('covers the words of every line, and follows them', async () => {
    const page = await stage.page(article('tables').html);
    const hold = async () => {
      await settled(page);
      const { painted: covered, words } = await boxes(page, 's');
      expect(words.length).toBeGreaterThan(0);
      expect(covered).toEqual(words);
      return words;
    };
    await mark(page, 'overlay', {
      s: 'Each line takes two buses, and each calls at the hospital, the wholesale market or the freight yard.',
    });
    const first = await hold();
    await page.setViewportSize({ width: 400, height: 600 });
    await page.addStyleTag({ content: 'article { width: 300px !important }' });
    expect((await hold()).length).toBeGreaterThan(first.length);
    await page.evaluate(() => scrollTo(0, 100));
    await hold();
    await page.addStyleTag({
      content: '#article { position: relative; border: 7px solid; padding: 9px; margin: 40px }',
    });
    await hold();
    await page.close();
  });

  it('follows words that scroll within the article', async () => {
    const page = await stage.page(article('tables').html);
    await mark(page, 'overlay', { s: 'Saltmarsh – University' });
    await page.evaluate(() => {
      document.querySelector('table')!.parentElement!.scrollTop = 30;
    });
    await settled(page);
    const { painted: covered, words } = await boxes(page, 's');
    expect(covered).toEqual(words);
    await page.close();
  });

  it('takes no clicks and no place in the text', async () => {
    const page = await stage.page('<p><a href="#after" id="link">A link</a> in the article.</p>');
    const text = () => page.evaluate(() => window.anchoring.articleText(document.body).text);
    const before = await text();
    await mark(page, 'overlay', { s: 'A link' });
    await page.click('#link');
    expect(page.url()).toContain('#after');
    expect(await text()).toBe(before);
    expect(await page.locator('body').ariaSnapshot()).not.toContain('Alder');
    await page.close();
  });
});

describe('going to a mark', () => {
  it.each([
    ['unfolds details', 'scripts', 'at night.'],
    ['shows what is hidden until found', 'scripts', 'the search of the page'],
    ['scrolls what scrolls within the article', 'tables', 'All lines'],
    ['scrolls the page', 'wordpress', 'Minutes of the committee'],
  ])('%s', async (_, name, words) => {
    const space = '<div style="height: 1500px"></div>';
    const page = await stage.page(`${space}${article(name).html}${space}`);
    await mark(page, 'highlights', { s: words });
    expect(await page.evaluate(() => window.marks.show('s'))).toBe(true);
    // Until the words can be pointed at, and stand still.
    await page.waitForFunction(() => {
      const box = window.marks.boxesOf('s')[0];
      if (!box || window.marks.at(box.left + box.width / 2, box.top + box.height / 2)[0] !== 's') return false;
      return Math.abs(box.top - innerHeight * 0.3) < 3;
    });
    await page.close();
  });

  it('lets the keyboard go on from there, and leaves no trace', async () => {
    const html =
      '<p><a href="#1">One</a> and some words.</p><p>Other <b>words</b>, then <a href="#2" id="two">two</a>.</p>';
    const page = await stage.page(html);
    const before = await page.innerHTML('#article');
    await mark(page, 'highlights', { s: 'Other words' });
    expect(await page.evaluate(() => window.marks.focus('s'))).toBe(true);
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe('Other words, then two.');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('two');
    expect(await page.innerHTML('#article')).toBe(before);
    expect(await page.evaluate(() => window.marks.focus('nobody'))).toBe(false);
    await page.close();
  });
});

describe('watching an article', () => {
  it('tells of changes of the article, and not of what is skipped', async () => {
    const page = await stage.page(article('wordpress').html);
    const told = await page.evaluate(async () => {
      const root = document.querySelector('#article')!;
      let count = 0;
      const end = window.anchoring.watchArticle(root, () => (count += 1), { skip: '.ad' });
      const counts: number[] = [];
      const after = async (change: () => void) => {
        change();
        await new Promise((done) => setTimeout(done, 350));
        counts.push(count);
      };
      await after(() => (document.querySelector('#div-gpt-ad-1 p')!.textContent = 'Another mug!'));
      await after(() =>
        root.prepend(Object.assign(document.createElement('div'), { className: 'ad', textContent: 'Ad' })),
      );
      await after(() => root.querySelector('p')!.classList.add('seen'));
      await after(() => {
        root.querySelector('h2')!.textContent = 'Who sleeps at three';
        root.querySelector('ol')!.remove();
      });
      await after(() => root.querySelector('blockquote')!.setAttribute('hidden', ''));
      end();
      await after(() => root.querySelector('blockquote')!.remove());
      return counts;
    });
    expect(told).toEqual([0, 0, 0, 1, 2, 2]);
    await page.close();
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { locate } from '../../src/threads/anchoring/index.js';
import { textOfHtml } from '../../src/threads/article/extract-text.js';
import { articleTextFiles, type ArticleTextVector } from '../vectors/article-text.js';
import { articleMarkup } from '../vectors/article-markup.js';
import { AnchoringStage, ARTICLES } from './anchoring-stage.js';

const SEED = 20261122;

let stage: AnchoringStage;
beforeAll(async () => {
  stage = await AnchoringStage.open();
});
afterAll(() => stage?.close());

describe('the text of an article on the page', () => {
  it.each(articleTextFiles)('is that of the vectors: %s', async (_, json) => {
    const page = await stage.page('');
    const texts = await page.evaluate((given) => window.anchoring.textsOf(given), json);
    const vectors = JSON.parse(json) as ArticleTextVector[];
    expect(Object.fromEntries(vectors.map(({ name }, index) => [name, texts[index]]))).toEqual(
      Object.fromEntries(vectors.map(({ name, text }) => [name, text])),
    );
    await page.close();
  });

  it.each(ARTICLES)('is the server’s, of a real page: $name', async ({ html, text }) => {
    expect(textOfHtml(html)).toBe(text);
    const page = await stage.page(html);
    expect(await page.evaluate(() => window.anchoring.articleText(document.querySelector('#article')!).text)).toBe(
      text,
    );
    await page.close();
  });

  it('is the server’s, of the demo page’s article', async () => {
    const html = readFileSync(new URL('../../web/demo/article.html', import.meta.url), 'utf8');
    const page = await stage.page(html);
    const text = await page.evaluate(() => window.anchoring.articleText(document.querySelector('#article')!).text);
    expect(text).toContain('Buses will run through the night in Aldermoor');
    expect(text).toBe(textOfHtml(html));
    await page.close();
  });

  it('is the server’s, of any markup', async () => {
    const page = await stage.page('');
    // Chromium makes U+FFFD of a NUL after "<", which HTML drops.
    const markup = articleMarkup.filter((html) => !html.includes('<\0'));
    const soups = fc.sample(markup, { seed: SEED, numRuns: 3_000 }).map((html) => ({ html }));
    const texts = await page.evaluate((given) => window.anchoring.textsOf(given), JSON.stringify(soups));
    const unlike = soups.flatMap(({ html }, index) => {
      const text = textOfHtml(html);
      return text === texts[index] ? [] : [{ html, server: text, page: texts[index] }];
    });
    expect(unlike).toEqual([]);
    await page.close();
  });
});

describe('what a reader selects', () => {
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

  /** Spans at random places that begin and end with a whole character that is no white space. */
  function spansOf(text: string): { start: number; end: number }[] {
    const clusters = [...graphemes.segment(text)].filter(({ segment }) => segment.trim() !== '');
    const at = fc.nat({ max: clusters.length - 1 });
    const spans = fc.tuple(at, fc.oneof(fc.nat({ max: 12 }), at)).map(([first, length]) => {
      const last = clusters[Math.min(clusters.length - 1, first + length)]!;
      return { start: clusters[first]!.index, end: last.index + last.segment.length };
    });
    return fc.sample(spans, { seed: SEED, numRuns: 400 });
  }

  it.each(ARTICLES)('comes back as the same words at the same place: $name', async ({ html, text }) => {
    const page = await stage.page(html);
    const spans = spansOf(text);
    const trips = await page.evaluate(
      (given) => window.anchoring.roundTrips(document.querySelector('#article')!, given),
      spans,
    );
    let searched = 0;
    for (const [index, { start, end }] of spans.entries()) {
      const trip = trips[index]!;
      const exact = text.slice(start, end);
      const [quote, position] = trip.selectors;
      expect([quote.exact, position.start, position.end]).toEqual([exact, start, end]);
      expect(text.slice(0, start).endsWith(quote.prefix) && text.slice(end).startsWith(quote.suffix)).toBe(true);
      expect(quote.prefix.length).toBeGreaterThanOrEqual(Math.min(32, start));
      expect(quote.suffix.length).toBeGreaterThanOrEqual(Math.min(32, text.length - end));
      expect(solid(trip.words ?? '')).toBe(solid(exact));
      // The server takes the same place for it, by quote and context alone as well.
      expect(locate(text, { quote, position })).toEqual({ start, end });
      expect(locate(text, { quote })).toEqual({ start, end });
      if (trip.searched) expect(trip.searched).toEqual({ start, end });
      searched += trip.searched ? 1 : 0;
    }
    expect(searched).toBeGreaterThan(0.95 * spans.length);
    await page.close();
  });

  const cases: [string, string, () => Range | Selection, string | null][] = [
    [
      'trims white space and stops at the article’s end',
      '<p> One two. </p><p>Three.</p>',
      () => {
        const range = document.createRange();
        range.setStart(document.body, 0);
        range.setEnd(document.querySelector('#after')!.firstChild!, 4);
        return range;
      },
      'One two.\nThree.',
    ],
    [
      'has no half of an emoji, and no letter without its mark',
      '<p>x👨\u200d👩\u200d👧e\u0301y</p>',
      () => {
        const range = document.createRange();
        range.setStart(document.querySelector('#article p')!.firstChild!, 2);
        range.setEnd(document.querySelector('#article p')!.firstChild!, 10);
        return range;
      },
      '👨\u200d👩\u200d👧e\u0301',
    ],
    [
      'leaves out an advertisement in its midst',
      '<p>The plan <span data-postil-skip>Buy this!</span>was approved.</p>',
      () => {
        getSelection()!.selectAllChildren(document.querySelector('#article p')!);
        return getSelection()!;
      },
      'The plan was approved.',
    ],
    [
      'is nothing within an advertisement',
      '<p>The plan <span data-postil-skip>Buy this!</span>was approved.</p>',
      () => {
        getSelection()!.selectAllChildren(document.querySelector('[data-postil-skip]')!);
        return getSelection()!;
      },
      null,
    ],
    [
      'is nothing outside of the article',
      '<p>One.</p>',
      () => {
        getSelection()!.selectAllChildren(document.querySelector('#after')!);
        return getSelection()!;
      },
      null,
    ],
    [
      'is nothing where only white space is selected',
      '<p>One two.</p>',
      () => {
        const range = document.createRange();
        range.setStart(document.querySelector('#article p')!.firstChild!, 3);
        range.setEnd(document.querySelector('#article p')!.firstChild!, 4);
        return range;
      },
      null,
    ],
    [
      'is nothing where nothing is',
      '<p>One two.</p>',
      () => {
        getSelection()!.removeAllRanges();
        return getSelection()!;
      },
      null,
    ],
  ];
  it.each(cases)('%s', async (_, html, select, exact) => {
    const page = await stage.page(html);
    const quote = await page.evaluate(
      `(() => {
        const map = window.anchoring.articleText(document.querySelector('#article'));
        return window.anchoring.selectorsOf(map, (${select.toString()})())?.[0].exact ?? null;
      })()`,
    );
    expect(quote).toBe(exact);
    await page.close();
  });

  it('has as much context as tells it from its likes', async () => {
    const row = 'The last bus of the night leaves from the market square at half past two.';
    const page = await stage.page(`${`<p>${row}</p>`.repeat(4)}<p>The end.</p>`);
    const quote = await page.evaluate(() => {
      const map = window.anchoring.articleText(document.querySelector('#article')!);
      const [range] = map.rangesOf({ start: 152, end: 160 })!;
      return window.anchoring.selectorsOf(map, range!)![0];
    });
    expect(quote.exact).toBe('last bus');
    expect(quote.prefix.length).toBeGreaterThanOrEqual(128);
    expect(locate(`${`${row}\n`.repeat(4)}The end.`, { quote })).toEqual({ start: 152, end: 160 });
    await page.close();
  });
});

const solid = (text: string): string => text.replace(/[\s\u00ad\u200b-\u200d]/g, '');

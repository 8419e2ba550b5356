import { createHash } from 'node:crypto';
import { complete } from '../../src/threads/anchoring/index.js';
import { textOfHtml, textOfPlain } from '../../src/threads/article/extract-text.js';
import type { Selector } from '../../web/shared/anchoring/index.js';
import { AnchoringStage, article } from './anchoring-stage.js';

let stage: AnchoringStage;
beforeAll(async () => {
  stage = await AnchoringStage.open();
});
afterAll(() => stage?.close());

/** As the server gives them out: of the `nth` place where the words stand in the text. */
function selectorsOn(text: string, words: string, nth = 0): Selector[] {
  let start = text.indexOf(words);
  for (let count = 0; count < nth; count++) start = text.indexOf(words, start + 1);
  if (start < 0) throw new Error(`"${words}" is not there`);
  const { quote, position } = complete(text, start, start + words.length);
  return [quote, position];
}

interface Found {
  /** The words on the page, and 12 characters before them. */
  words: string | null;
  before: string | null;
}

async function look(html: string, selectors: Selector[], sameText: boolean, head = ''): Promise<Found> {
  const page = await stage.page(html, head);
  const found = await page.evaluate(
    ([given, same]) => {
      const map = window.anchoring.articleText(document.querySelector('#article')!);
      const ranges = window.anchoring.rangesOf(map, given, { sameText: same });
      const place = window.anchoring.placeOf(map, given, { sameText: same });
      return {
        words: ranges?.map((range) => range.toString()).join('|') ?? null,
        before: place && map.text.slice(Math.max(0, place.start - 12), place.start),
      };
    },
    [selectors, sameText] as const,
  );
  await page.close();
  return found;
}

describe('a passage of the very text that the page shows', () => {
  const { html, text } = article('wordpress');

  it('stands at its position, even among its likes', async () => {
    const twins = '<p>The bus is late.</p>'.repeat(9);
    for (const nth of [0, 4, 8]) {
      const selectors = selectorsOn(textOfHtml(twins), 'The bus is late.', nth);
      const page = await stage.page(twins);
      const paragraph = await page.evaluate((given) => {
        const map = window.anchoring.articleText(document.querySelector('#article')!);
        const [range] = window.anchoring.rangesOf(map, given, { sameText: true })!;
        return [...document.querySelectorAll('#article p')].indexOf(range!.startContainer.parentElement!);
      }, selectors);
      expect(paragraph).toBe(nth);
      await page.close();
    }
  });

  it('has a range in each text node, and none in what lies between', async () => {
    expect(await look(html, selectorsOn(text, 'once an hour, on Fridays'), true)).toMatchObject({
      words: 'once an hour, |on Fridays',
    });
    expect(await look(html, selectorsOn(text, 'in Aldermoor on'), true)).toMatchObject({ words: 'in |Alder|moor| on' });
    expect(await look(html, selectorsOn(text, 'Photo: L. Abara\nWho'), true)).toMatchObject({
      words: 'Photo: L.\u00a0Abara|Who',
    });
  });

  it('is known by its hash where the browser has cryptography', async () => {
    const page = await stage.page(html);
    const hash = await page.evaluate(() =>
      window.anchoring.sha256Hex(window.anchoring.articleText(document.querySelector('#article')!).text),
    );
    expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
    expect(
      await page.evaluate(() => {
        Object.defineProperty(crypto, 'subtle', { value: undefined });
        return window.anchoring.sha256Hex('x');
      }),
    ).toBe(null);
    await page.close();
  });
});

describe('a passage of another text than the page shows', () => {
  const { html, text } = article('wordpress');

  it('is found at its words though all before it is new', async () => {
    const later = html.replace('<p class="has-drop-cap">', '<p>A correction, of some length: it was Thursday.</p>$&');
    const selectors = selectorsOn(text, 'nine votes to five');
    expect(await look(later, selectors, false)).toEqual({ words: 'nine votes| to |five', before: 'the plan by ' });
  });

  it('is told from its likes by its context', async () => {
    const later = `<p>New.</p>${html}`;
    for (const [nth, before] of ['Saturdays only, and ', 'In the east, ', 'In the west, '].entries()) {
      const found = await look(later, selectorsOn(text, 'the last bus goes at 2.30', nth), false);
      expect(found).toEqual({ words: 'the last bus goes at 2.30', before: before.slice(-12) });
    }
  });

  it('is not put on a look-alike when its own words are gone', async () => {
    const later = html.replace('<p>In the west, the last bus goes at 2.30.</p>', '');
    const selectors = selectorsOn(text, 'the last bus goes at 2.30', 2);
    expect(await look(later, selectors, false)).toEqual({ words: null, before: null });
    expect(await look(later, selectors, true)).toEqual({ words: null, before: null });
  });

  it('is not put on a single place that nothing but a common word vouches for', async () => {
    const selectors = selectorsOn(text, 'Thursday');
    expect((await look('<p>Nothing happened on Thursday evening in the town.</p>', selectors, false)).words).toBe(null);
  });

  it('is nowhere where several places are alike', async () => {
    const twins = '<p>The bus is late.</p>'.repeat(9);
    expect((await look(twins, selectorsOn(textOfHtml(twins), 'bus', 4), false)).words).toBe(null);
  });

  it('is nowhere where its words changed', async () => {
    const later = html.replace('nine votes', 'eight votes');
    expect((await look(later, selectorsOn(text, 'nine votes to five'), false)).words).toBe(null);
  });

  it('is found in markup whose text was sent to the server as plain text, with other line ends', async () => {
    const sent = textOfPlain(textOfHtml(article('tables').html).replaceAll('\n', '  \n\n').replaceAll(' – ', '\n–\n'));
    const selectors = selectorsOn(sent, 'Quarry Hill\n–\nNorthgate');
    expect((await look(article('tables').html, selectors, false)).words).toBe('Quarry Hill – Northgate');
  });

  it('is found among advertisements that scripts put in, if they are named', async () => {
    const later = html.replace('once an hour, ', 'once an hour, <span class="ad">Buy mugs!</span>');
    const page = await stage.page(later);
    const [with_, without] = await page.evaluate(
      (given) => {
        const root = document.querySelector('#article')!;
        return [{ skip: '.ad' }, {}].map((options) => {
          const map = window.anchoring.articleText(root, options);
          return window.anchoring.rangesOf(map, given, { sameText: false })?.map(String).join('|') ?? null;
        });
      },
      selectorsOn(text, 'once an hour, on Fridays'),
    );
    expect([with_, without]).toEqual(['once an hour, |on Fridays', null]);
    await page.close();
  });

  it('is null, not an error, on a page that changed after its text was read', async () => {
    const page = await stage.page(html);
    const found = await page.evaluate(
      (given) => {
        const root = document.querySelector('#article')!;
        const map = window.anchoring.articleText(root);
        const place = window.anchoring.rangesOf(map, given, { sameText: true })!;
        root.querySelector('div')!.replaceChildren('Gone.');
        const after = window.anchoring.rangesOf(map, given, { sameText: true });
        return [place.length, after, window.anchoring.selectorsOf(map, place[0]!)];
      },
      selectorsOn(text, 'nine votes to five'),
    );
    expect(found).toEqual([3, null, null]);
    await page.close();
  });
});

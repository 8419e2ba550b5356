import {
  articleText,
  rangesOf,
  selectorsOf,
  sha256Hex,
  watchArticle,
  type Selector,
  type TextMap,
} from '../../shared/anchoring/index.js';
import type { Anchor, Passage, Quote, Thread } from '../../shared/api-types.js';
import type { ReaderApi } from '../../shared/reader-api.js';

/** Words of mine that nobody else sees marked yet: their comment waits. `selectors` only where I marked them on this page. */
export interface OwnPassage {
  id: string;
  quote: Quote;
  selectors: readonly Selector[] | undefined;
}

/** The article on this page: its text as the server would take it, and which of the server's texts that is. */
export class Article {
  private map: TextMap;
  /** Null as long as it is not known, or where the browser computes none. */
  private hash: string | null = null;
  private readonly revisions = new Map<string, Promise<number | undefined>>();

  /** @param changed Places are other ones now. */
  constructor(
    readonly root: HTMLElement,
    private readonly api: ReaderApi,
    private readonly changed: () => void,
  ) {
    this.map = articleText(root);
    void this.identify();
    watchArticle(root, () => {
      this.map = articleText(this.root);
      this.hash = null;
      this.changed();
      void this.identify();
    });
  }

  /** The ranges of a passage on this page; null where they are not certain. */
  rangesOf({ anchor, quote }: Passage, newest: Thread['revision']): Range[] | null {
    if (quote.state === 'orphaned') return null;
    const selectors = anchor.selectors as Selector[];
    const found = rangesOf(this.map, selectors, { sameText: this.shows(newest) });
    if (found || quote.original === undefined) return found;
    // A page that still shows the older text shows the words as they were.
    return rangesOf(this.map, withQuote(selectors, quote.original), { sameText: false });
  }

  /** Without selectors they are certain only in the newest text, where the words stand once. */
  rangesOfOwn({ quote, selectors }: OwnPassage, newest: Thread['revision']): Range[] | null {
    if (quote.state === 'orphaned') return null;
    if (selectors) return rangesOf(this.map, selectors, { sameText: false });
    const { text } = this.map;
    const start = text.indexOf(quote.exact);
    if (!this.shows(newest) || start < 0 || text.includes(quote.exact, start + 1)) return null;
    return this.map.rangesOf({ start, end: start + quote.exact.length });
  }

  selectorsOf(selection: Selection) {
    return selectorsOf(this.map, selection);
  }

  rangesOfSelectors(selectors: readonly Selector[]): Range[] {
    return rangesOf(this.map, selectors, { sameText: true }) ?? [];
  }

  /** What to send: the page may show an older text than the newest, or one that the server does not know. */
  async anchorOf(selectors: readonly Selector[], newest: Thread['revision']): Promise<Anchor> {
    const revision = this.shows(newest) ? newest?.number : await this.olderRevision();
    return { selectors: [...selectors], ...(revision === undefined ? {} : { revision }) };
  }

  private shows(revision: Thread['revision']): boolean {
    return revision !== null && revision.hash === this.hash;
  }

  private async identify(): Promise<void> {
    const { map } = this;
    const hash = await sha256Hex(map.text);
    if (map !== this.map || hash === null) return;
    this.hash = hash;
    this.changed();
  }

  /** Asked once for each text; a failure is no answer, and the quote alone decides. */
  private async olderRevision(): Promise<number | undefined> {
    const { hash } = this;
    if (hash === null) return undefined;
    const known = this.revisions.get(hash) ?? this.api.revisions(hash).then(({ items: [newest] }) => newest?.number);
    this.revisions.set(hash, known);
    return known.catch(() => {
      this.revisions.delete(hash);
      return undefined;
    });
  }
}

function withQuote(selectors: readonly Selector[], exact: string): Selector[] {
  return selectors.flatMap((selector) => (selector.type === 'TextQuoteSelector' ? [{ ...selector, exact }] : []));
}

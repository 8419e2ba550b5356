import { focusText, Highlights, type Selector } from '../../shared/anchoring/index.js';
import type { Passage } from '../../shared/api-types.js';
import type { ReaderApi } from '../../shared/reader-api.js';
import type { Draft } from '../composer.js';
import type { Context } from '../context.js';
import { Article, type OwnPassage } from './article.js';
import { Counts } from './counts.js';
import { Layer } from './layer.js';
import { type Mode, PassageCard } from './passage-card.js';
import { watchPointer } from './pointer.js';
import { Popover } from './popover.js';
import { SelectionBubble } from './selection-bubble.js';
import { keyOf, WordsCard } from './words-card.js';

const DRAFT = 'draft';

interface Page {
  /** The widget's element, whose looks the rest takes over. */
  widget: HTMLElement;
  article: HTMLElement;
}

/** The passages in the article itself: marks, counts beside them, what opens there, and words that a reader selects. */
export class InlineFeedback {
  private readonly layer: Layer;
  private readonly article: Article;
  private readonly marks: Highlights;
  private readonly counts: Counts;
  private readonly popover: Popover;
  private readonly bubble: SelectionBubble;
  /** What was looked for, on which state of page and article, and whether it was found. */
  private readonly placed = new Map<string, { passage: Passage | OwnPassage; state: number; found: boolean }>();
  /** Counts up with each change of the page's or the newest text. */
  private state = 0;
  /** What I marked here. */
  private readonly mine = new Map<string, readonly Selector[]>();
  /** What was typed at a passage and not sent. */
  private readonly drafts = new Map<string, Draft>();
  private open: { card: PassageCard | WordsCard; passageId: string | undefined } | undefined;
  private draft: readonly Selector[] | undefined;
  private hash: string | undefined;

  /** @param changed What can be gone to is other than it was. */
  constructor(
    private readonly context: Context,
    api: ReaderApi,
    page: Page,
    changed: () => void,
  ) {
    this.layer = new Layer(page.widget, page.article);
    this.article = new Article(page.article, api, () => {
      this.state += 1;
      changed();
    });
    this.marks = new Highlights(page.article);
    const hover = (id: string | undefined) => this.marks.activate(id ?? this.openId);
    this.counts = new Counts(this.layer, page.article, {
      boxesOf: (id) => this.marks.boxesOf(id),
      open: (id, mode, opener) => this.show(id, mode, opener),
      hover,
    });
    this.bubble = new SelectionBubble(this.layer, this.article, {
      isOpen: () => context.thread.state === 'open' && context.passages.revision !== null,
      comment: (selectors) => this.comment(selectors),
      announce: (text) => context.announce(text),
    });
    this.popover = new Popover(this.layer);
    watchPointer(page.article, this.marks, {
      open: (id) => this.show(id, context.passages.get(id)?.kind === 'question' ? 'form' : 'comments'),
      hover,
    });
  }

  /** Whether a passage has a place on this page. */
  has(id: string): boolean {
    return this.placed.get(id)?.found ?? false;
  }

  /** Ids of the passages that have one, by that place. */
  inOrder(): string[] {
    return this.marks.inOrder();
  }

  /** Scrolls to a passage; keyboard and screen reader go on from there. */
  goTo(id: string): void {
    if (!this.marks.focus(id)) this.context.announce('These words are not on this page.');
  }

  /** @param opener Has the focus again afterwards. */
  answer(id: string, opener: HTMLElement): void {
    this.marks.show(id);
    this.show(id, 'form', opener);
  }

  /** Brings marks, counts and what is open in line with the passages. */
  sync(own: readonly Omit<OwnPassage, 'selectors'>[]): void {
    const { passages } = this.context;
    if (this.hash !== passages.revision?.hash) this.state += 1;
    this.hash = passages.revision?.hash;
    const others = own.filter(({ id }) => !passages.get(id));
    if (this.placeAll(passages.all, others)) {
      const shown = passages.all.filter(({ id }) => this.has(id));
      this.counts.show(shown.map(({ id, kind, commentCount }) => ({ id, kind, count: commentCount })));
      if (this.draft) this.marks.set(DRAFT, 'draft', this.article.rangesOfSelectors(this.draft));
    }
    this.refreshCard();
  }

  /** Looks for what came or changed, and all where a text did. Answers whether anything was. */
  private placeAll(all: readonly Passage[], others: readonly Omit<OwnPassage, 'selectors'>[]): boolean {
    const { revision } = this.context.passages;
    const gone = new Set(this.placed.keys());
    let changed = false;
    for (const passage of all) {
      gone.delete(passage.id);
      const known = this.placed.get(passage.id);
      if (known?.passage === passage && known.state === this.state) continue;
      this.mark(passage, passage.kind, this.article.rangesOf(passage, revision));
      changed = true;
    }
    for (const { id, quote } of others) {
      gone.delete(id);
      if (this.placed.get(id)?.state === this.state && this.has(id)) continue;
      const passage: OwnPassage = { id, quote, selectors: this.mine.get(id) };
      this.mark(passage, 'selection', this.article.rangesOfOwn(passage, revision));
      changed = true;
    }
    for (const id of gone) {
      this.placed.delete(id);
      this.marks.delete(id);
    }
    return changed || gone.size > 0;
  }

  private mark(passage: Passage | OwnPassage, kind: Passage['kind'], ranges: readonly Range[] | null): void {
    if (ranges) this.marks.set(passage.id, kind, ranges);
    else this.marks.delete(passage.id);
    this.placed.set(passage.id, { passage, state: this.state, found: ranges !== null });
  }

  private get openId(): string | undefined {
    return this.open?.passageId;
  }

  private show(id: string, mode: Mode, opener?: HTMLElement): void {
    const passage = this.context.passages.get(id);
    if (!passage) return;
    this.bubble.hide();
    const draft = this.drafts.get(id);
    const card = new PassageCard(this.context, passage, { mode, draft, close: (back) => this.popover.close(back) });
    this.popover.show(card, {
      boxes: () => this.marks.boxesOf(id),
      back: () => (opener?.isConnected ? opener.focus({ preventScroll: true }) : undefined),
      closed: () => this.closed(id, card),
    });
    this.open = { card, passageId: id };
    this.marks.activate(id);
  }

  private comment(selectors: readonly Selector[]): void {
    const [quote] = selectors;
    if (quote?.type !== 'TextQuoteSelector') return;
    const key = keyOf(selectors);
    const ranges = this.article.rangesOfSelectors(selectors);
    const card = new WordsCard(this.context, {
      exact: quote.exact,
      draft: this.drafts.get(key),
      anchor: this.article.anchorOf(selectors, this.context.passages.revision),
      posted: ({ passageId }) => {
        if (passageId !== null) this.mine.set(passageId, selectors);
      },
      close: (back) => this.popover.close(back),
    });
    this.draft = selectors;
    this.marks.set(DRAFT, 'draft', ranges);
    this.popover.show(card, {
      boxes: () => this.marks.boxesOf(DRAFT),
      back: () => {
        if (ranges[0]) focusText(ranges[0]);
      },
      closed: () => {
        this.draft = undefined;
        this.marks.delete(DRAFT);
        this.closed(key, card);
      },
    });
    this.open = { card, passageId: undefined };
  }

  private closed(key: string, { draft }: PassageCard | WordsCard): void {
    if (draft) this.drafts.set(key, draft);
    else this.drafts.delete(key);
    this.open = undefined;
    this.marks.activate(undefined);
  }

  /** A passage that vanished while it is open leaves what was typed. */
  private refreshCard(): void {
    const { open } = this;
    if (!open) return;
    if (open.card instanceof WordsCard) return open.card.update();
    const passage = this.context.passages.get(open.passageId ?? null);
    if (passage) open.card.update(passage);
    else if (!open.card.dirty) this.popover.close(true);
  }
}

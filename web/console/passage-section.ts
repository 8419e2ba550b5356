import type { ModeratedDetail } from '../shared/api-types.js';
import { h } from '../shared/dom.js';
import { fullTime } from '../shared/time.js';

type Passage = NonNullable<ModeratedDetail['passage']>;
type State = Passage['state'];

/** What became of the words since they were marked. */
export const STATE_TEXT: Record<State, string> = {
  anchored: 'as it was marked',
  moved: 'moved elsewhere in the article',
  fuzzy: 'the article has changed these words',
  orphaned: 'no longer in the article',
};

/** The passage that a comment is about, among its neighbours, and in every text of the article. */
export function passageSection(passage: Passage): HTMLElement[] {
  const { kind, prompt, state, context, quote, places, suggestion } = passage;
  return [
    h('h3', {}, kind === 'question' ? 'Question in the article' : 'Passage of the article'),
    ...(prompt === undefined ? [] : [h('p', { dir: 'auto' }, prompt)]),
    inContext(context),
    h('p', { class: 'context' }, `Now: ${STATE_TEXT[state]}.`),
    ...(quote.original === undefined
      ? []
      : [h('p', { class: 'context', dir: 'auto' }, `Marked as: “${quote.original}”`)]),
    ...(suggestion ? [h('p', { class: 'context' }, 'Perhaps here now:'), inContext(suggestion.context)] : []),
    h(
      'ol',
      { class: 'history', 'aria-label': 'In each text of the article' },
      ...places.map(({ revision, at, state: was, exact }) =>
        h(
          'li',
          {},
          h('p', { class: 'when' }, `Text ${revision}, ${fullTime(at)}: ${was}`),
          ...(exact === null ? [] : [h('p', { dir: 'auto' }, exact)]),
        ),
      ),
    ),
  ];
}

function inContext({ prefix, exact, suffix }: Passage['context']): HTMLElement {
  return h(
    'blockquote',
    { class: 'passage', dir: 'auto' },
    prefix && `…${prefix}`,
    h('mark', {}, exact),
    suffix && `${suffix}…`,
  );
}

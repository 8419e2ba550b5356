import type { LiveEvent } from './api-types.js';

/**
 * The client's side of the live protocol, as a pure function: events are applied in the order of their `seq`, each
 * once; whoever is behind asks; a page older than what was applied is followed by the events after it.
 */
export interface FollowerState {
  /** The `seq` up to which the page is; null while there is no page to apply anything to. */
  readonly seq: number | null;
  /** The highest `seq` that the server has named. */
  readonly known: number;
  /** Whether a request for missed events is under way; there is at most one. */
  readonly asking: boolean;
}

export type FollowerInput =
  /** A list was read. `whole`: it replaces the page; otherwise it adds to it (the next page, some replies). */
  | { kind: 'page'; seq: number; whole: boolean }
  /** A frame of the socket, or the acknowledgement of `join`. */
  | { kind: 'frame'; seq: number; events: readonly LiveEvent[] }
  /** The answer to the request for missed events. */
  | { kind: 'answer'; seq: number; events: readonly LiveEvent[] }
  /** That request failed, or its pause is over. */
  | { kind: 'retry' }
  /** The server cannot replay that far back. */
  | { kind: 'resync'; seq: number; answered: boolean };

export interface FollowerStep {
  readonly state: FollowerState;
  /** To be applied to the page now, in this order. */
  readonly apply: readonly LiveEvent[];
  /** Ask for the events after this `seq`. */
  readonly ask?: number;
  /** The answer brought nothing although more is known to exist: pause, then send `retry`. */
  readonly pause?: true;
  /** Read the page again, then send `page`. */
  readonly reread?: true;
}

export const startFollowing = (): FollowerState => ({ seq: null, known: 0, asking: false });

export function follow(state: FollowerState, input: FollowerInput): FollowerStep {
  switch (input.kind) {
    case 'page': {
      // A page that only adds must not skip what the rest of the page has yet to apply, hence the lower of the two.
      const seq = input.whole ? input.seq : Math.min(input.seq, state.seq ?? input.seq);
      return catchUp({ ...state, seq, known: Math.max(state.known, input.seq) }, []);
    }
    case 'frame':
      return receive(state, input.seq, input.events);
    case 'answer': {
      const step = receive({ ...state, asking: false }, input.seq, input.events);
      // Asking again at once would turn a lagging server into a busy loop.
      if (step.ask === undefined || step.apply.length > 0) return step;
      return { state: step.state, apply: [], pause: true };
    }
    case 'retry':
      return catchUp({ ...state, asking: false }, []);
    case 'resync':
      // What was known is forgotten: the server's numbers may be lower than ours, after a restored backup say.
      return {
        state: { seq: null, known: input.seq, asking: input.answered ? false : state.asking },
        apply: [],
        reread: true,
      };
  }
}

function receive(state: FollowerState, seq: number, events: readonly LiveEvent[]): FollowerStep {
  const known = events.reduce((highest, event) => Math.max(highest, event.seq), Math.max(state.known, seq));
  if (state.seq === null) return { state: { ...state, known }, apply: [] };
  let last = state.seq;
  const apply: LiveEvent[] = [];
  for (const event of [...events].sort((a, b) => a.seq - b.seq)) {
    if (event.seq !== last + 1) continue;
    apply.push(event);
    last = event.seq;
  }
  return catchUp({ ...state, seq: last, known }, apply);
}

function catchUp(state: FollowerState, apply: readonly LiveEvent[]): FollowerStep {
  if (state.seq === null || state.asking || state.seq >= state.known) return { state, apply };
  return { state: { ...state, asking: true }, apply, ask: state.seq };
}

import type { LiveEvent } from './api-types.js';
import { follow, startFollowing, type FollowerInput, type FollowerState } from './thread-follower.js';

const event = (seq: number): LiveEvent => ({ seq, type: 'comment.published', at: '2026-11-22T10:00:00.000Z' });
const events = (...seqs: number[]) => seqs.map(event);
const frame = (seq: number, ...seqs: number[]): FollowerInput => ({ kind: 'frame', seq, events: events(...seqs) });
const answer = (seq: number, ...seqs: number[]): FollowerInput => ({ kind: 'answer', seq, events: events(...seqs) });

/** Plays the inputs; says what was applied, what was asked for and how the last step ended. */
function play(inputs: FollowerInput[], from: FollowerState = startFollowing()) {
  let state = from;
  const applied: number[] = [];
  const asked: number[] = [];
  let last = follow(state, { kind: 'retry' });
  for (const input of inputs) {
    last = follow(state, input);
    state = last.state;
    applied.push(...last.apply.map(({ seq }) => seq));
    if (last.ask !== undefined) asked.push(last.ask);
  }
  return { state, applied, asked, last };
}

const page = (seq: number, whole = true): FollowerInput => ({ kind: 'page', seq, whole });

describe('following a thread', () => {
  it('applies the next event, drops what it has', () => {
    expect(play([page(5), frame(6, 6), frame(6, 5, 6), frame(8, 6, 7, 8)])).toMatchObject({
      applied: [6, 7, 8],
      asked: [],
      state: { seq: 8, known: 8, asking: false },
    });
  });

  it('sorts a frame before judging it', () => {
    expect(play([page(0), frame(3, 3, 1, 2)])).toMatchObject({ applied: [1, 2, 3], asked: [] });
  });

  it('asks once at a gap, then applies the answer', () => {
    const { applied, asked, state } = play([page(5), frame(8, 8), frame(9, 9), answer(9, 6, 7, 8, 9)]);
    expect({ applied, asked }).toEqual({ applied: [6, 7, 8, 9], asked: [5] });
    expect(state).toEqual({ seq: 9, known: 9, asking: false });
  });

  it('asks when a heartbeat names a higher seq', () => {
    expect(play([page(5), frame(5), frame(6)])).toMatchObject({ applied: [], asked: [5] });
  });

  it('asks again when frames went past the answer', () => {
    expect(play([page(5), frame(7, 7), frame(9, 9), answer(7, 6, 7), answer(9, 8, 9)])).toMatchObject({
      applied: [6, 7, 8, 9],
      asked: [5, 7],
    });
  });

  it('follows a stale page with the events after it, applying again what the old page had', () => {
    expect(play([page(5), frame(7, 6, 7), page(4), answer(7, 5, 6, 7)])).toMatchObject({
      applied: [6, 7, 5, 6, 7],
      asked: [4],
      state: { seq: 7 },
    });
  });

  it('never jumps ahead by a list that only adds to the page', () => {
    expect(play([page(5), page(9, false)])).toMatchObject({ asked: [5], state: { seq: 5, known: 9 } });
  });

  it('goes back for a list that adds what is older than the page', () => {
    expect(play([page(9), page(7, false), answer(9, 8, 9)])).toMatchObject({ asked: [7], applied: [8, 9] });
  });

  it('keeps what came before the page in mind', () => {
    expect(play([frame(3, 3), page(1), answer(3, 2, 3)])).toMatchObject({ applied: [2, 3], asked: [1] });
  });

  it('pauses instead of asking in a circle', () => {
    const { last, state } = play([page(5), frame(9), answer(5)]);
    expect(last).toMatchObject({ pause: true, apply: [] });
    expect(follow(state, { kind: 'retry' })).toMatchObject({ ask: 5 });
  });

  it('asks again after a request that failed', () => {
    expect(play([page(5), frame(6), { kind: 'retry' }])).toMatchObject({ asked: [5, 5] });
  });

  it('reads the page again on resync, even when the numbers went down', () => {
    const resync: FollowerInput = { kind: 'resync', seq: 2, answered: false };
    expect(play([page(50), resync]).last).toMatchObject({ reread: true, state: { seq: null } });
    expect(play([page(50), resync, frame(3, 3), page(2), answer(3, 3)])).toMatchObject({
      applied: [3],
      asked: [2],
      state: { seq: 3, known: 3 },
    });
  });

  it('ends equal, each event once and in order, whatever is lost, doubled or late', () => {
    const random = lcg(42);
    for (let round = 0; round < 300; round += 1) {
      const total = 1 + Math.floor(random() * 30);
      let state = follow(startFollowing(), page(0)).state;
      const applied: number[] = [];
      let pendingAsk: number | undefined;
      const step = (input: FollowerInput) => {
        const result = follow(state, input);
        state = result.state;
        applied.push(...result.apply.map(({ seq }) => seq));
        if (result.ask !== undefined) pendingAsk = result.ask;
      };
      for (let sent = 0; sent < 60; sent += 1) {
        const upTo = 1 + Math.floor(random() * total);
        const from = 1 + Math.floor(random() * upTo);
        step(frame(upTo, ...range(from, upTo)));
        if (pendingAsk !== undefined && random() < 0.5) {
          const after = pendingAsk;
          pendingAsk = undefined;
          step(random() < 0.3 ? { kind: 'retry' } : answer(upTo, ...range(after + 1, upTo)));
        }
      }
      step({ kind: 'retry' });
      step(frame(total));
      step(answer(total, ...range((state.seq ?? 0) + 1, total)));
      expect(applied).toEqual(range(1, total));
    }
  });
});

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

/** A small generator with a seed, so that a failure can be repeated. */
function lcg(seed: number): () => number {
  let value = seed;
  return () => (value = (value * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
}

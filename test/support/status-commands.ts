import fc from 'fast-check';

export type Status = 'pending' | 'published' | 'rejected' | 'spam' | 'deleted';
export const CLAIMED_FROM = ['pending', 'unmoderated', 'reported', 'spam'] as const;
/** Readers who may report. */
export const REPORTERS = 4;

const decided = (actions: readonly string[]) =>
  fc.record({
    kind: fc.constant('decide' as const),
    action: fc.constantFrom(...actions),
    stale: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    status: fc.option(fc.constantFrom<Status>('pending', 'published', 'rejected', 'spam')),
  });
const undone = fc.record({ kind: fc.constant('undo' as const), which: fc.nat(6) });
const edited = fc.record({ kind: fc.constant('edit' as const), text: fc.nat(2) });
const deleted = fc.record({ kind: fc.constant('delete' as const) });
const reported = fc.record({ kind: fc.constant('report' as const), who: fc.nat(REPORTERS - 1) });
/** Of the newest decision, or one of those before it; one in four is of a sanction. */
const appealed = fc.record({
  kind: fc.constant('appeal' as const),
  which: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
  ofSanction: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
});
const judged = fc.record({
  kind: fc.constant('outcome' as const),
  outcome: fc.constantFrom('upheld' as const, 'overturned' as const),
  own: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
});
const sanctioned = fc.record({ kind: fc.constant('sanction' as const) });
const expired = fc.record({ kind: fc.constant('expire' as const), which: fc.nat(3) });

/** Who decides, or a colleague, takes it from a queue, gives it back, or holds it until the time is up. */
const claimed = fc.record({
  kind: fc.constant('claim' as const),
  how: fc.constantFrom('take' as const, 'take' as const, 'release' as const, 'lapse' as const),
  by: fc.constantFrom('me' as const, 'another' as const),
  queue: fc.constantFrom(...CLAIMED_FROM),
});
/** A decision while connections to the database end, so many milliseconds after it was sent; the relay's too, one in four. */
const crashed = fc.record({
  kind: fc.constant('crash' as const),
  action: fc.constantFrom('approve', 'reject', 'spam', 'restore'),
  afterMs: fc.nat(4),
  relayToo: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
});

const command = fc.oneof(
  { weight: 5, arbitrary: decided(['approve', 'reject', 'spam', 'restore']) },
  { weight: 3, arbitrary: undone },
  { weight: 3, arbitrary: edited },
  { weight: 1, arbitrary: deleted },
  { weight: 6, arbitrary: reported },
  { weight: 2, arbitrary: appealed },
  { weight: 1, arbitrary: judged },
  { weight: 1, arbitrary: sanctioned },
);
/** What appeals live on: what is taken down, put up and taken down again. */
const dispute = fc.oneof(
  {
    weight: 8,
    arbitrary: decided(['reject', 'spam', 'restore']).map((one) => ({ ...one, stale: false, status: null })),
  },
  { weight: 3, arbitrary: undone },
  { weight: 6, arbitrary: appealed },
  { weight: 3, arbitrary: judged },
  { weight: 2, arbitrary: sanctioned },
  { weight: 1, arbitrary: expired },
  { weight: 1, arbitrary: fc.oneof(edited, deleted) },
);
/** A day of moderators: held by one or the other, decided, reported again, and now and then something breaks. */
const shift = fc.oneof(
  { weight: 6, arbitrary: claimed },
  { weight: 4, arbitrary: decided(['approve', 'reject', 'restore']).map((one) => ({ ...one, stale: false })) },
  { weight: 2, arbitrary: crashed },
  { weight: 2, arbitrary: undone },
  { weight: 3, arbitrary: edited },
  { weight: 3, arbitrary: reported },
  { weight: 1, arbitrary: deleted },
);
type Command = Generated<typeof command> | Generated<typeof dispute> | Generated<typeof shift>;
type Generated<T> = T extends fc.Arbitrary<infer One> ? One : never;

const LENGTH = { minLength: 4, maxLength: 14 };
/** All that can be done to a comment. */
export const anything: fc.Arbitrary<Command[]> = fc.array(command, LENGTH);
/** Each begins with an appeal. */
export const disputes: fc.Arbitrary<Command[]> = fc
  .array(dispute, LENGTH)
  .map((more) => [
    { kind: 'decide', action: 'reject', stale: false, status: null },
    { kind: 'appeal', which: 0, ofSanction: false },
    ...more,
  ]);
export const shifts: fc.Arbitrary<Command[]> = fc.array(shift, LENGTH);

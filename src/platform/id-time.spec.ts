import { v7 } from 'uuid';
import { idAt, timeOfId } from './id-time.js';

describe('the time in an id', () => {
  it.each([0, 1, 1_795_372_800_000, 2 ** 48 - 1])('is read and bounds ids from below: %s', (ms) => {
    const id = v7({ msecs: ms });
    expect(timeOfId(id)).toBe(ms);
    expect(idAt(ms) <= id).toBe(true);
    if (ms < 2 ** 48 - 1) expect(id < idAt(ms + 1)).toBe(true);
  });
});

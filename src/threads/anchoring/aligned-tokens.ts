import type { TokenText } from './tokens.js';

/** Which token of the one text became which of the other, -1 where none did. */
export interface Alignment {
  before: TokenText;
  after: TokenText;
  weights: Float64Array;
  isWord: Uint8Array;
  toNew: Int32Array;
  toOld: Int32Array;
  /** 1 where an old token stayed in order, more where it was found moved (one more for each crossing move), else 0. */
  round: Uint8Array;
  /** As `toNew` before doubtful matches were dropped: enough for a hint to a person, not to attach by. */
  doubtful: Int32Array;
}

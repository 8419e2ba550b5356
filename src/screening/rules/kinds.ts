import { deceptiveLinksPhase } from '../phases/deceptive-links.phase.js';
import { domainsPhase } from '../phases/domains.phase.js';
import { externalPhase } from '../phases/external.phase.js';
import { floodPhase } from '../phases/flood.phase.js';
import { hoursPhase } from '../phases/hours.phase.js';
import { languagePhase } from '../phases/language.phase.js';
import { lengthPhase } from '../phases/length.phase.js';
import { newReaderPhase } from '../phases/new-reader.phase.js';
import { personalDataPhase } from '../phases/personal-data.phase.js';
import { rejectionRatePhase } from '../phases/rejection-rate.phase.js';
import { repeatsPhase } from '../phases/repeats.phase.js';
import { shoutingPhase } from '../phases/shouting.phase.js';
import { wordsPhase } from '../phases/words.phase.js';
import type { RuleKind } from './rule-kind.js';

/** Kinds of rules that sites can have, in the order in which findings are listed: of the text, of its author, of the time, of others. */
export const RULE_KINDS: readonly RuleKind<unknown>[] = [
  lengthPhase,
  wordsPhase,
  personalDataPhase,
  domainsPhase,
  deceptiveLinksPhase,
  shoutingPhase,
  languagePhase,
  repeatsPhase,
  floodPhase,
  newReaderPhase,
  rejectionRatePhase,
  hoursPhase,
  externalPhase,
];

export function kindNamed(name: unknown): RuleKind<unknown> | undefined {
  return RULE_KINDS.find(({ kind }) => kind === name);
}

export const kindNames = (): string[] => RULE_KINDS.map(({ kind }) => kind);

import { EEA_COUNTRIES, type EeaCountry } from './countries.js';
import { DEFAULT_REASONS, type DecisionReason } from './decision-reasons.js';

/** What statements of reasons say of a site. */
export interface LegalSettings {
  /** Why staff take comments down or sanction readers, in the order in which they choose. */
  decisionReasons: readonly DecisionReason[];
  /** Where restrictions apply. */
  territorialScope: readonly EeaCountry[];
}

export const DEFAULT_LEGAL: Readonly<LegalSettings> = Object.freeze({
  decisionReasons: DEFAULT_REASONS,
  territorialScope: EEA_COUNTRIES,
});

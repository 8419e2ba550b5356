/** The European Union, as ISO 3166-1 codes. */
const EU = [
  ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV'],
  ...['MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
] as const;

/** The European Economic Area: where a statement of reasons may say that a restriction applies. */
export const EEA_COUNTRIES = [...EU, 'IS', 'LI', 'NO'] as const;
export type EeaCountry = (typeof EEA_COUNTRIES)[number];

export type { Evidence, Finding, FindingAction, Verdict } from './finding.js';
export type { Link, Phase, ScreeningInput } from './phase.js';
export { screen } from './screen.js';

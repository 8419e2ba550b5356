export type { Link, ScreeningInput } from './phase.js';
export { screen } from './screen.js';

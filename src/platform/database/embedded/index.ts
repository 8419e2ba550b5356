export { EmbeddedPostgres } from './embedded-postgres.js';
export { EmbeddedPostgresError } from './errors.js';
export { reachEmbedded } from './reach.js';

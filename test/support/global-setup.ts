import './typescript-hooks.mjs';

/** Jest runs this once before all suites: a PostgreSQL with a migrated template that they copy their databases from. */
export default async function setUp(): Promise<void> {
  const { startTestPostgres } = await import('./test-postgres.js');
  await startTestPostgres();
}

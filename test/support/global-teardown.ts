import './typescript-hooks.mjs';

/** In the same process as the global setup, so it finds the server that was started there. */
export default async function tearDown(): Promise<void> {
  const { stopTestPostgres } = await import('./test-postgres.js');
  await stopTestPostgres();
}

import { readCommand, USAGE, UsageError } from './cli/command.js';
import { openDatabase } from './cli/open-database.js';
import { NotVerified, verifyLogs } from './cli/verify-logs.js';
import { ConfigError, readConfig } from './platform/config/config.js';
import { EmbeddedPostgresError } from './platform/database/embedded/index.js';
import { describeStartFailure } from './start-failure.js';

const BROKEN = 1;
const FAILED = 2;

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

/** The operator's commands. Answers the code to end with. */
async function main(): Promise<number> {
  const command = readCommand(process.argv.slice(2));
  if (command.name === 'help') {
    say(USAGE);
    return 0;
  }
  const database = await openDatabase(readConfig(), (line) => complain(`postgres: ${line}`));
  try {
    say(`Database: ${database.name}`);
    return (await verifyLogs(database.client, command, say)) ? 0 : BROKEN;
  } finally {
    await database.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof UsageError) complain(`${error.message}\n\n${USAGE}`);
    else if (error instanceof NotVerified || error instanceof ConfigError || error instanceof EmbeddedPostgresError)
      complain(error.message);
    else complain(describeStartFailure(error));
    process.exit(FAILED);
  },
);

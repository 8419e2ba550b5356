export { ModerationModule } from './moderation.module.js';
export { QueueItems } from './queue-items.js';
export { BUILT_QUEUES, QUEUE_SIGNAL, type BuiltQueue, type Queue, type QueueSignal } from './queues.js';
export { Statements } from './statements/statements.js';
export { StatementsModule } from './statements/statements.module.js';
export type { AccountRestriction } from './statements/restriction.js';
export type { StatementView } from './statements/statement.view.js';

export { ModerationModule } from './moderation.module.js';
export { QueueItems } from './queue-items.js';
export { BUILT_QUEUES, QUEUE_SIGNAL, type BuiltQueue, type QueueSignal } from './queues.js';

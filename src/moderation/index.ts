export { ModerationModule } from './moderation.module.js';
export { QueueItems, type QueueCountView } from './queue-items.js';
export { BUILT_QUEUES, QUEUE_SIGNAL, type BuiltQueue, type QueueSignal } from './queues.js';

/** Signal to the nodes: a thread has new events, or reads differently. */
export const THREAD_SIGNAL = 'thread';
export type ThreadSignal = [threadId: string, seq: number, version: number];

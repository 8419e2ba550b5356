export { LiveModule } from './live.module.js';
export { SocketAdapter } from './socket-adapter.js';

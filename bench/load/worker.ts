import { answerCalls } from '../support/calls.js';
import { inTurn } from './in-turn.js';
import { armFanOut, closeSockets, fanOutArrived, fanOutPost, joinSockets, openBareSockets } from './fan-out-load.js';
import { commitAndEcho, endBackground, postToLive, startBackground } from './live-delay-load.js';
import { postComments } from './post-load.js';
import { each, once, repeat } from './request-load.js';

/** The clients of all benchmarks, in a process of their own. */
answerCalls({
  repeat,
  each,
  once,
  inTurn,
  postComments,
  joinSockets,
  openBareSockets,
  closeSockets,
  fanOutPost,
  armFanOut,
  fanOutArrived,
  postToLive,
  commitAndEcho,
  startBackground,
  endBackground,
});

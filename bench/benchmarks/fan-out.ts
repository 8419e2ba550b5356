import { SITE, type Environment } from '../environment/environment.js';
import type { FanOut } from '../load/fan-out-load.js';
import { commentText } from '../load/texts.js';
import { alternate, ratioOf } from '../support/paired.js';
import type { Report } from '../support/report.js';
import { median } from '../support/statistics.js';
import { milliseconds } from '../support/units.js';

const NAME = 'fan-out';
const SOCKETS = 2_000;
const ROUNDS = 31;
const WARM_UP = 5;
const PAUSE_MS = 60;

export async function fanOut(env: Environment, report: Report): Promise<void> {
  const thread = 'fan-out';
  await env.api.thread(SITE, thread, 'post');
  const [token] = await env.api.guests(SITE, 1);
  const bare = env.start('bare/socket-server.ts');
  const barePort = await bare.call<number>('listen');
  const { load, node } = env;
  await load.call('joinSockets', { port: node.port, count: SOCKETS, name: { site: SITE, thread } });
  await load.call('openBareSockets', { port: barePort, count: SOCKETS });

  let payload = '';
  const whole: FanOut[] = [];
  const postil = async () => {
    await pause();
    const path = `/api/v1/sites/${SITE}/threads/${thread}/comments`;
    const request = { method: 'POST', path, token, body: { body: commentText(`Fanned out ${whole.length}`) } };
    const result = await load.call<FanOut>('fanOutPost', { port: node.port, count: SOCKETS, request });
    payload = result.payload;
    whole.push(result);
    return result.fromEvent;
  };
  const spans: number[] = [];
  const broadcast = async () => {
    await pause();
    await load.call('armFanOut', { count: SOCKETS });
    const begun = await bare.call<number>('broadcast', { payload });
    const { first, last } = await load.call<{ first: number; last: number }>('fanOutArrived');
    spans.push(last - first);
    return last - begun;
  };
  for (let i = 0; i < WARM_UP; i++) {
    await postil();
    await broadcast();
  }
  whole.length = spans.length = 0;
  const { ours, theirs } = await alternate({ ours: postil, theirs: broadcast }, ROUNDS);
  await load.call('closeSockets');
  await bare.end();

  const figures = { ours: milliseconds(median(ours)), against: `ws ${milliseconds(median(theirs))}` };
  report.ratio(
    NAME,
    `until the last of ${SOCKETS} sockets has an event, from its writing`,
    figures,
    ratioOf(ours, theirs),
    {
      atMost: 1.2,
    },
  );
  const firstToLast = whole.map((result) => result.firstToLast);
  report.ratio(
    NAME,
    'from the first socket that has it to the last',
    { ours: milliseconds(median(firstToLast)), against: `ws ${milliseconds(median(spans))}` },
    ratioOf(firstToLast, spans),
  );
  report.note(
    NAME,
    'from sending the POST to the last socket',
    milliseconds(median(whole.map((result) => result.fromPost))),
  );
  report.note(NAME, 'bytes of a frame', String(Buffer.byteLength(payload)));
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

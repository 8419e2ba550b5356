import type { Socket } from 'socket.io';
import { DomainError } from '../platform/errors.js';
import { toProblem } from '../platform/http/problem.filter.js';

type Handler = (payload: unknown) => Promise<object>;

/**
 * Every emit that brings a callback is answered, whatever it holds: with what its handler says, or with a problem. An
 * event that nobody handles too.
 */
export function answerEach(
  socket: Socket,
  handlers: Readonly<Record<string, Handler>>,
  onError: (error: unknown) => void,
): void {
  socket.onAny((event: string, ...args: unknown[]) => {
    const callback = args.at(-1);
    const acknowledge = typeof callback === 'function' ? (callback as (answer: object) => void) : () => undefined;
    const handler = handlers[event];
    if (!handler) {
      const names = Object.keys(handlers).join(', ');
      const error = new DomainError('not-found', 'unknown-event', `There is no such event; known are ${names}.`);
      acknowledge({ ok: false, problem: toProblem(error) });
      return;
    }
    // async, so that what a handler throws before it waits is answered too
    const running = (async () => handler(args[0]))();
    running.then(
      (answer) => acknowledge({ ok: true, ...answer }),
      (error: unknown) => {
        const problem = toProblem(error);
        if (problem.status === 500) onError(error);
        acknowledge({ ok: false, problem });
      },
    );
  });
}

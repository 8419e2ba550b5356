import type { WriteStream } from 'node:tty';

export interface Standing {
  /** What share of the work is done, 0 to 1. */
  share: number;
  text: string;
}

const WIDTH = 30;
const REDRAW_MS = 100;
/** Where there is no terminal: a line each time another tenth is done. */
const TENTHS = 10;

/** Shows how far the run is until it is stopped: a bar on a terminal, else a line now and then. */
export function showProgress(out: WriteStream, standing: () => Standing): { stop(): void } {
  let tenth = -1;
  const draw = () => {
    const { share, text } = standing();
    if (out.isTTY) {
      const filled = Math.round(share * WIDTH);
      const line = `[${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)}] ${text}`;
      out.write(`\r\x1b[2K${line.slice(0, Math.max(20, out.columns - 1))}`);
    } else if (Math.floor(share * TENTHS) > tenth) {
      tenth = Math.floor(share * TENTHS);
      out.write(`${String(Math.floor(share * 100)).padStart(3)} %  ${text}\n`);
    }
  };
  const timer = setInterval(draw, REDRAW_MS);
  return {
    stop: () => {
      clearInterval(timer);
      draw();
      if (out.isTTY) out.write('\n');
    },
  };
}

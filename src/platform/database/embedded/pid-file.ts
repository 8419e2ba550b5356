import { readFileSync } from 'node:fs';
import { codeOf } from './errors.js';

/** What PostgreSQL writes into `postmaster.pid`, one value a line. */
export interface PidFile {
  readonly pid: number;
  readonly dataDirectory: string;
  readonly port: number;
  /** `starting`, `stopping`, `ready`, `standby`; empty while it is not written yet. */
  readonly status: string;
}

/** Undefined when the file holds no process id: a crash of the machine may leave it empty. */
export function parsePidFile(text: string): PidFile | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  // A stand-alone backend writes its process id negated.
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!(pid > 0)) return undefined;
  return { pid, dataDirectory: lines[1] ?? '', port: Number.parseInt(lines[3] ?? '', 10) || 0, status: lines[7] ?? '' };
}

export function readPidFile(file: string): PidFile | undefined {
  try {
    return parsePidFile(readFileSync(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

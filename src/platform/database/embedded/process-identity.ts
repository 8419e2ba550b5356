import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { codeOf } from './errors.js';

/** State and start time (clock ticks since boot) from `/proc/<pid>/stat`; see proc(5), fields 3 and 22. */
export function parseProcStat(text: string): { state: string; startTime: string } | undefined {
  // The name in field 2 may hold spaces and parentheses: fields count from the last closing one.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields[0], fields[19]];
  return state && startTime && /^\d+$/.test(startTime) ? { state, startTime } : undefined;
}

/**
 * Names one process for all time: a process id alone is used again. Undefined when no such process runs; a zombie,
 * which holds nothing any more, counts as not running.
 */
export function identify(pid: number): string | undefined {
  if (!(pid > 0) || !exists(pid)) return undefined; // 0 and below mean groups of processes to kill(2)
  return process.platform === 'linux' ? identifyByProc(pid) : identifyByPs(pid);
}

export function isRunning(pid: number, identity: string): boolean {
  return identify(pid) === identity;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function identifyByProc(pid: number): string | undefined {
  try {
    const stat = parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (!stat || stat.state === 'Z' || stat.state === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${stat.startTime}`;
  } catch {
    // It runs, but /proc hides it (hidepid) or it ended this moment: the next look tells.
    return exists(pid) ? 'hidden' : undefined;
  }
}

/** macOS and the BSDs: the start time in seconds, the best that `ps` gives. */
function identifyByPs(pid: number): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [state, ...started] = stdout.trim().split(/\s+/);
  return !state || state.startsWith('Z') ? undefined : started.join(' ');
}

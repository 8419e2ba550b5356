export interface Commands {
  next(): void;
  previous(): void;
  approve(): void;
  reject(): void;
  spam(): void;
  ignore(): void;
  escalate(): void;
  full(): void;
  mark(): void;
  markAll(): void;
  clear(): void;
  pin(): void;
  detail(): void;
  reader(): void;
  claim(): void;
  release(): void;
  skip(): void;
  undo(): void;
  search(): void;
  /** The tab of this number, from 0. */
  tab(index: number): void;
  help(): void;
}

type Command = Exclude<keyof Commands, 'tab'>;

/** The keys and what they do: the help shows this list, the listener obeys it. */
export const KEYS: readonly { key: string; command: Command; text: string }[] = [
  { key: 'j', command: 'next', text: 'Next' },
  { key: 'k', command: 'previous', text: 'Previous' },
  { key: 'a', command: 'approve', text: 'Approve' },
  { key: 'r', command: 'reject', text: 'Reject; then a number for the reason, or Enter for none' },
  { key: 's', command: 'spam', text: 'Mark as spam' },
  { key: 'i', command: 'ignore', text: 'Approve, and let its reports count neither way' },
  { key: 'e', command: 'escalate', text: 'Escalate: leave it to the admins' },
  { key: 'f', command: 'full', text: 'Decide in full: explanation, note, verdict on reports; judge an appeal' },
  { key: 'x', command: 'mark', text: 'Mark, to decide on many at once (with the mouse: Shift and click for a range)' },
  { key: 'X', command: 'markAll', text: 'Mark all that are loaded, or none' },
  { key: 'Escape', command: 'clear', text: 'Take all marks away' },
  { key: 'p', command: 'pin', text: 'Pin at the head of its thread, or take it from there' },
  { key: 'd', command: 'detail', text: 'Details: revisions, reports, decisions' },
  { key: 'w', command: 'reader', text: 'Who wrote it: record, strikes, sanctions' },
  { key: 'c', command: 'claim', text: 'Claim the next ten' },
  { key: 'v', command: 'release', text: 'Give a claimed one back' },
  { key: 'n', command: 'skip', text: 'Not for me: give back, and be offered it never again' },
  { key: 'u', command: 'undo', text: 'Undo the last decision' },
  { key: '/', command: 'search', text: 'Filter, or search, by words' },
  { key: '?', command: 'help', text: 'This list' },
];

const STORED = 'postil:console:keys';

/** Single keys can be turned off: speech input and unlucky hands press them by accident. */
export const keysAreOn = (): boolean => localStorage.getItem(STORED) !== 'off';
export const turnKeys = (on: boolean): void => localStorage.setItem(STORED, on ? 'on' : 'off');

/** @returns how to stop listening. */
export function listenToKeys(commands: () => Partial<Commands>): () => void {
  const listener = (event: KeyboardEvent) => {
    const { target, key } = event;
    const typing =
      target instanceof Element && target.closest('input:not([type=checkbox]), textarea, select, dialog') !== null;
    const asked = document.querySelector('dialog[open]') !== null;
    if (typing || asked || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn()) return;
    const act = actOf(commands(), key);
    if (!act) return;
    event.preventDefault();
    act();
  };
  addEventListener('keydown', listener);
  return () => removeEventListener('keydown', listener);
}

function actOf(commands: Partial<Commands>, key: string): (() => void) | undefined {
  const { tab } = commands;
  if (tab && /^[1-9]$/.test(key)) return () => tab(Number(key) - 1);
  const found = KEYS.find((entry) => entry.key === key);
  return found && commands[found.command];
}

export interface Commands {
  next(): void;
  previous(): void;
  approve(): void;
  reject(): void;
  spam(): void;
  detail(): void;
  claim(): void;
  undo(): void;
  help(): void;
}

/** The keys and what they do: the help shows this list, the listener obeys it. */
export const KEYS: readonly { key: string; command: keyof Commands; text: string }[] = [
  { key: 'j', command: 'next', text: 'Next comment' },
  { key: 'k', command: 'previous', text: 'Previous comment' },
  { key: 'a', command: 'approve', text: 'Approve' },
  { key: 'r', command: 'reject', text: 'Reject; then a number for the reason, or Enter for none' },
  { key: 's', command: 'spam', text: 'Mark as spam' },
  { key: 'd', command: 'detail', text: 'Details: revisions and decisions' },
  { key: 'c', command: 'claim', text: 'Claim the next ten' },
  { key: 'u', command: 'undo', text: 'Undo the last decision' },
  { key: '?', command: 'help', text: 'This list' },
];

const STORED = 'postil:console:keys';

/** Single keys can be turned off: speech input and unlucky hands press them by accident. */
export const keysAreOn = (): boolean => localStorage.getItem(STORED) !== 'off';
export const turnKeys = (on: boolean): void => localStorage.setItem(STORED, on ? 'on' : 'off');

/** @returns how to stop listening. */
export function listenToKeys(commands: Commands): () => void {
  const listener = (event: KeyboardEvent) => {
    const typing = event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null;
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn()) return;
    const found = KEYS.find(({ key }) => key === event.key);
    if (!found) return;
    event.preventDefault();
    commands[found.command]();
  };
  addEventListener('keydown', listener);
  return () => removeEventListener('keydown', listener);
}

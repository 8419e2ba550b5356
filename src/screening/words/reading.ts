import type { Element, Scan } from './scan.js';

/** Equal letters in a row, as one: `fuuuck` reads as `fuck` with a run of three. */
export interface Run {
  first: number;
  end: number;
}

/** A text as words are looked up in it: one character a run, one space between words. */
export interface Reading {
  readonly text: string;
  /** The elements that its runs count by. */
  readonly elements: readonly Element[];
  /** By place in `text`, UTF-16; a space has none. */
  readonly runs: readonly (Run | undefined)[];
}

/**
 * @param parts what stands together; between two parts is a space.
 * @param merges whether equal letters of two words are one run: those of `a s s` are, those of `c u t this` are not.
 */
export function readingOf(
  parts: Iterable<readonly Element[]>,
  merges: (before: number, token: number) => boolean = () => true,
): Reading {
  let text = '';
  const elements: Element[] = [];
  const runs: (Run | undefined)[] = [];
  for (const part of parts) {
    if (text !== '') {
      text += ' ';
      runs.push(undefined);
    }
    let reads = '';
    let run: Run = { first: 0, end: 0 };
    let token = part[0]?.token ?? 0;
    for (const element of part) {
      const goesOn = element.token === token || merges(token, element.token);
      ({ token } = element);
      if (element.letter.reads === reads && goesOn) {
        run.end++;
      } else {
        ({ reads } = element.letter);
        run = { first: elements.length, end: elements.length + 1 };
        text += reads;
        for (let unit = 0; unit < reads.length; unit++) runs.push(run);
      }
      elements.push(element);
    }
  }
  return { text, elements, runs };
}

/** Word by word. */
export function plainReading({ elements, tokens }: Scan): Reading {
  return readingOf(tokens.map(({ first, end }) => elements.slice(first, end)));
}

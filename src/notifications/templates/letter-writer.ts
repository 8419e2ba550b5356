import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BoundedMap } from '../../platform/bounded-map.js';
import { letterHtml } from './letter-html.js';
import { letterText } from './letter-text.js';
import type { Brand, Letter } from './letter.js';

const REMEMBERED_BYTES = 8 * 1_024 * 1_024;

export interface WrittenLetter {
  subject: string;
  html: string;
  text: string;
}

/**
 * Writes both parts of a letter. What ten thousand people get differs in a few links: those are put in afterwards, and the
 * rest is written once, because React takes milliseconds for it.
 */
@Injectable()
export class LetterWriter {
  private readonly written = new BoundedMap<string, Promise<WrittenLetter>>(REMEMBERED_BYTES / 16_384);

  /** @param links what stands for each placeholder; both are https or http addresses */
  async write(letter: Letter, brand: Brand, links: Readonly<Record<string, string>> = {}): Promise<WrittenLetter> {
    const key = createHash('sha256')
      .update(JSON.stringify([letter, brand]))
      .digest('base64');
    let writing = this.written.get(key);
    if (!writing) {
      writing = writeBoth(letter, brand);
      this.written.set(key, writing);
    }
    const { subject, html, text } = await writing;
    return { subject, html: linked(html, links), text: linked(text, links) };
  }
}

async function writeBoth(letter: Letter, brand: Brand): Promise<WrittenLetter> {
  return { subject: letter.subject, html: await letterHtml(letter, brand), text: letterText(letter, brand) };
}

/** The addresses are ours: letters, digits, and what an address consists of; nothing of them needs an escape. */
function linked(part: string, links: Readonly<Record<string, string>>): string {
  return Object.entries(links).reduce((text, [placeholder, url]) => text.replaceAll(placeholder, () => url), part);
}

import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BoundedMap } from '../../platform/bounded-map.js';
import type { MailBody } from '../../platform/mail/mail-body.js';
import { letterHtml } from './letter-html.js';
import { letterText } from './letter-text.js';
import type { Brand, Letter } from './letter.js';

const REMEMBERED = 512;

export interface WrittenLetter {
  subject: string;
  html: MailBody;
  text: MailBody;
}

/**
 * Writes both parts of a letter. What ten thousand people get differs in a few links: those are put in afterwards, and the
 * rest is written once, because React takes milliseconds for it.
 */
@Injectable()
export class LetterWriter {
  private readonly written = new BoundedMap<string, Promise<WrittenLetter>>(REMEMBERED);

  /** @param links what stands for each placeholder; both are https or http addresses */
  async write(letter: Letter, brand: Brand, links: Readonly<Record<string, string>> = {}): Promise<WrittenLetter> {
    const placeholders = Object.keys(links);
    const key = createHash('sha256')
      .update(JSON.stringify([letter, brand, placeholders]))
      .digest('base64');
    let writing = this.written.get(key);
    if (!writing) {
      writing = writeBoth(letter, brand, placeholders);
      this.written.set(key, writing);
    }
    const { subject, html, text } = await writing;
    return { subject, html: linked(html, links), text: linked(text, links) };
  }
}

/** Cut where the placeholders stand. */
async function writeBoth(letter: Letter, brand: Brand, placeholders: readonly string[]): Promise<WrittenLetter> {
  const cut = (part: string) =>
    placeholders.reduce((pieces, one) => pieces.flatMap((piece) => cutAt(piece, one)), [part]);
  return { subject: letter.subject, html: cut(await letterHtml(letter, brand)), text: cut(letterText(letter, brand)) };
}

function cutAt(piece: string, placeholder: string): string[] {
  return piece.split(placeholder).flatMap((part, n) => (n === 0 ? [part] : [placeholder, part]));
}

/** The addresses are ours: letters, digits, and what an address consists of; nothing of them needs an escape. */
function linked(pieces: MailBody, links: Readonly<Record<string, string>>): MailBody {
  return pieces.map((piece) => links[piece] ?? piece);
}

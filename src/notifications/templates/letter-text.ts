import type { Block, Brand, Letter } from './letter.js';

/** The text part. */
export function letterText(letter: Letter, { siteName, imprint }: Brand): string {
  const { why, links } = letter.footer;
  const parts = [
    siteName,
    ...letter.blocks.map(blockText),
    '-- ',
    why,
    ...links.map(({ label, href }) => `${label}:\n${href}`),
    ...(imprint === '' ? [] : [imprint]),
  ];
  return `${parts.join('\n\n').replace('-- \n\n', '-- \n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.href === undefined ? block.text : `${block.text}\n${block.href}`;
    case 'paragraph':
      return block.text;
    case 'comment':
      return `${block.line}\n${quoted(block.excerpt)}\n${block.at}\n${block.label}: ${block.href}`;
    case 'quote':
      return quoted(block.text);
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'button':
    case 'link':
      return `${block.label}:\n${block.href}`;
  }
}

function quoted(text: string): string {
  return text.replace(/^/gm, '> ');
}

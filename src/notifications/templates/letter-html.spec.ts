import { letterHtml } from './letter-html.js';
import type { Block } from './letter.js';

const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const href = 'https://news.example/';
const BLOCKS: Block[] = [
  { kind: 'heading', text: WORD, href },
  { kind: 'paragraph', text: WORD },
  { kind: 'comment', line: WORD, excerpt: WORD, at: WORD, href, label: WORD },
  { kind: 'quote', text: WORD },
  { kind: 'list', items: [WORD, WORD] },
  { kind: 'link', label: WORD, href },
];

it('breaks words that are longer than a phone is wide, wherever they stand', async () => {
  const footer = { why: WORD, links: [{ label: WORD, href }] };
  const letter = { language: 'de', subject: WORD, preview: '', blocks: BLOCKS, footer };
  const html = await letterHtml(letter, { siteName: WORD, accent: '#0b57a4', imprint: WORD });
  const lines = html.match(/<(?:p|h2)\b[^>]*>/g) ?? [];
  expect(lines).toHaveLength(13);
  expect(lines.filter((line) => !line.includes('overflow-wrap:anywhere'))).toEqual([]);
});

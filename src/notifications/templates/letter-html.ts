import { Body } from '@react-email/body';
import { Button } from '@react-email/button';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Heading } from '@react-email/heading';
import { Hr } from '@react-email/hr';
import { Html } from '@react-email/html';
import { Link } from '@react-email/link';
import { Preview } from '@react-email/preview';
import { render } from '@react-email/render';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { createElement as h, type CSSProperties, type ReactElement, type ReactNode } from 'react';
import { onAccent } from './contrast.js';
import type { Block, Brand, Letter } from './letter.js';

const RTL = /^(ar|dv|fa|he|ps|ur|yi)\b/;

/** For mail programs that honour it; the others show the light colours, which stand at each element. */
const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (prefers-color-scheme: dark) {
  .page, .page td { background-color: #16181c !important }
  .card, .card td { background-color: #202329 !important }
  .text { color: #e4e6ea !important }
  .soft { color: #a2a9b5 !important }
  .link { color: #86b7f0 !important }
  .rule { border-color: #3a3f48 !important }
}
@media (max-width: 480px) { .card { padding: 16px !important } }
`;

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const base: CSSProperties = {
  fontFamily: FONT,
  fontSize: '16px',
  lineHeight: '24px',
  color: '#1d1f23',
  margin: '0 0 16px',
  // A word may be longer than a phone is wide: the longest one sets the width of the table that all stands in.
  overflowWrap: 'anywhere',
};
const soft: CSSProperties = { ...base, fontSize: '13px', lineHeight: '20px', color: '#5d6470', margin: '0 0 8px' };
const link: CSSProperties = { color: '#0b57a4', textDecoration: 'underline' };
const quote: CSSProperties = {
  ...base,
  borderInlineStart: '3px solid #d9dce1',
  paddingInlineStart: '12px',
  margin: '0 0 8px',
};

const text = (content: string, style = base, className = 'text') => h(Text, { style, className, dir: 'auto' }, content);
const anchor = (label: string, href: string) => h(Link, { href, style: link, className: 'link' }, label);

/** The html part. React escapes all of it; nothing in it is loaded from anywhere. */
export function letterHtml(letter: Letter, brand: Brand): Promise<string> {
  return render(document(letter, brand));
}

function document({ language, preview, blocks, footer }: Letter, brand: Brand): ReactElement {
  const dir = RTL.test(language) ? 'rtl' : 'ltr';
  return h(
    Html,
    { lang: language, dir },
    h(
      Head,
      null,
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('style', { dangerouslySetInnerHTML: { __html: STYLE } }),
    ),
    h(Preview, null, preview),
    h(
      Body,
      { style: { backgroundColor: '#f2f3f5', margin: '0', padding: '24px 8px' }, className: 'page' },
      h(
        Container,
        {
          style: {
            maxWidth: '600px',
            backgroundColor: '#ffffff',
            padding: '24px',
            borderTop: `4px solid ${brand.accent}`,
            textAlign: 'start',
          },
          className: 'card',
          dir,
        },
        text(brand.siteName, { ...soft, fontWeight: 600 }, 'soft'),
        ...blocks.map((block, key) => h(Section, { key }, blockHtml(block, brand))),
        h(Hr, { style: { borderColor: '#d9dce1', margin: '24px 0 16px' }, className: 'rule' }),
        text(footer.why, soft, 'soft'),
        ...footer.links.map(({ label, href }) =>
          h(Text, { key: href, style: soft, className: 'soft' }, anchor(label, href)),
        ),
        ...brand.imprint
          .split('\n')
          .filter((line) => line !== '')
          .map((line, key) => h(Text, { key, style: { ...soft, margin: '0' }, className: 'soft', dir: 'auto' }, line)),
      ),
    ),
  );
}

function blockHtml(block: Block, brand: Brand): ReactNode {
  switch (block.kind) {
    case 'heading': {
      const style = { ...base, fontSize: '20px', lineHeight: '28px', margin: '8px 0 16px' };
      const inner = block.href === undefined ? block.text : anchor(block.text, block.href);
      return h(Heading, { as: 'h2', style, className: 'text', dir: 'auto' } as object, inner);
    }
    case 'paragraph':
      return text(block.text);
    case 'comment':
      return [
        h(
          Text,
          { key: 'line', style: { ...base, margin: '0 0 4px', fontWeight: 600 }, className: 'text', dir: 'auto' },
          block.line,
        ),
        h(Text, { key: 'text', style: quote, className: 'text rule', dir: 'auto' }, block.excerpt),
        h(
          Text,
          { key: 'at', style: { ...soft, margin: '0 0 24px' }, className: 'soft' },
          block.at,
          ' · ',
          anchor(block.label, block.href),
        ),
      ];
    case 'quote':
      return h(Text, { style: { ...quote, margin: '0 0 16px' }, className: 'text rule', dir: 'auto' }, block.text);
    case 'list':
      return block.items.map((item, key, { length }) => {
        const style = { ...base, margin: key < length - 1 ? '0 0 4px' : base.margin };
        return h(Text, { key, style, className: 'text', dir: 'auto' }, `• ${item}`);
      });
    case 'button': {
      const style = {
        ...base,
        backgroundColor: brand.accent,
        color: onAccent(brand.accent),
        padding: '12px 20px',
        borderRadius: '6px',
        fontWeight: 600,
        display: 'inline-block',
      };
      return h(Button, { href: block.href, style }, block.label);
    }
    case 'link':
      return h(Text, { style: base, className: 'text' }, anchor(block.label, block.href));
  }
}

import { mentionsIn } from './mentions.js';
import { renderFully, renderMarkdown } from './render-markdown.js';

const ID = '01a20517-926d-717a-97b8-0d539025a545';
const OTHER = '01a20517-926d-717a-97b8-0d539025a546';

describe('mentions', () => {
  it('name readers by id, each once, ten at most', () => {
    expect(mentionsIn(`@[Ada](reader:${ID}), @[A](reader:${OTHER}) and @[Ada again](reader:${ID})`)).toEqual([
      ID,
      OTHER,
    ]);
    const many = Array.from({ length: 12 }, (_, n) => `@[x](reader:${ID.slice(0, -2)}${String(n + 10)})`);
    expect(mentionsIn(many.join(' '))).toHaveLength(10);
  });

  it.each(['@Ada', '[Ada](reader:x)', `@[Ada](reader:${ID.slice(1)})`, `@[](reader:${ID})`, `@[a\nb](reader:${ID})`])(
    '%j is none',
    (body) => {
      expect(mentionsIn(body)).toEqual([]);
    },
  );

  it('are shown as a name that is text', () => {
    expect(renderMarkdown(`As @[Ada](reader:${ID}) said`)).toBe('<p>As @Ada said</p>\n');
    expect(renderMarkdown(`*@[<b>](reader:${ID})*`)).toBe('<p><em>@&lt;b&gt;</em></p>\n');
    expect(renderFully(`\`@[Ada](reader:${ID})\``)).toContain('@[Ada]');
  });
});

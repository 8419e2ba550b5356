import fc from 'fast-check';
import { mentionsIn } from '../../src/threads/text/mentions.js';
import { mentionableName, MentionedText } from '../../web/widget/mention/mentioned-text.js';

const ANN = { id: '01a20517-926d-717a-97b8-0d539025a545', name: 'Ann' };
const NAMESAKE = { id: '01a20517-926d-717a-97b8-0d539025a546', name: 'Ann' };
const of = ({ id, name }: typeof ANN) => `@[${name}](reader:${id})`;

describe('a text with mentions', () => {
  it('shows names, and keeps whose they are', () => {
    const text = MentionedText.of(`Ask ${of(ANN)}, ${of(NAMESAKE)} or ${of(ANN)}.`);
    expect(text.shown).toBe('Ask @Ann, @Ann or @Ann.');
    expect(text.people).toEqual([ANN, NAMESAKE]);
    expect(text.markdown).toBe(`Ask ${of(ANN)}, ${of(NAMESAKE)} or ${of(ANN)}.`);
  });

  it.each([
    ['before it', 'Hey @Ann!', 3, `Hey ${of(ANN)}!`],
    ['right before it, with the same letter', '@@Ann!', 1, `@${of(ANN)}!`],
    ['right behind it, with its last letter', '@Annn!', 5, `${of(ANN)}n!`],
    ['behind it', '@Ann! Yes', 9, `${of(ANN)}! Yes`],
    ['in it', '@Anyn!', 4, '@Anyn!'],
    ['at its end', '@An!', 3, '@An!'],
    ['over all of it', '', 0, ''],
  ])('that is changed %s', (_where, typed, caret, markdown) => {
    const text = MentionedText.of(`${of(ANN)}!`);
    text.typed(typed, caret);
    expect(text.markdown).toBe(markdown);
  });

  it.each([
    ['@', { start: 0, q: '' }],
    ['Hi @an', { start: 3, q: 'an' }],
    ['Hi (@Ann Sm', { start: 4, q: 'Ann Sm' }],
    ['mail me@example', undefined],
    ['see @ home', undefined],
    ['two\n@x\nlines', undefined],
    ['https://social.example/@ann', undefined],
    ['no more', undefined],
  ])('%j asks for somebody, or does not', (shown, asked) => {
    expect(MentionedText.of(shown).asked(shown.length)).toEqual(asked);
  });

  it('asks for nobody where a mention stands', () => {
    const text = MentionedText.of(`Hi ${of(ANN)} and`);
    expect(text.asked(text.shown.length)).toBeUndefined();
    expect(text.asked('Hi @Ann'.length)).toBeUndefined();
  });

  it('whatever is typed shows what was typed, and mentions nobody who was not chosen there', () => {
    const edit = fc.record({ at: fc.nat(40), cut: fc.nat(6), put: fc.constantFrom('', '@', 'n', 'An', '\n', '@Ann') });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const text = MentionedText.of(`Ask ${of(ANN)}, ${of(NAMESAKE)} or not.`);
        for (const { at, cut, put } of edits) {
          const from = Math.min(at, text.shown.length);
          const typed = text.shown.slice(0, from) + put + text.shown.slice(from + cut);
          text.typed(typed, from + put.length);
          expect(text.shown).toBe(typed);
          expect(MentionedText.of(text.markdown).shown).toBe(typed);
          expect(text.people.map(({ id }) => id)).toEqual(mentionsIn(text.markdown));
        }
      }),
    );
  });
});

it.each([
  ['Ann [admin]', 'Ann (admin)'],
  ['  Ann\n Lee ', 'Ann Lee'],
  ['👩‍🚀'.repeat(40), '👩‍🚀'.repeat(20)],
])('the name %j is mentioned as %j', (name, mentioned) => {
  expect(mentionableName(name)).toBe(mentioned);
  expect(mentionsIn(`@[${mentionableName(name)}](reader:${ANN.id})`)).toEqual([ANN.id]);
});

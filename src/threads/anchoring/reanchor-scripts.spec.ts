import { follow, unmarked } from '../../../test/support/follow-marked.js';

describe('reanchor, in any script and typography', () => {
  it.each([
    [
      'dashes',
      'He left [[-- at nine -- for home]] again. So it was.',
      'He left [[— at nine — for home]] again. So it was.',
    ],
    ['spaces', 'He left [[at nine for]] home. So it was.', 'He left [[at\u00a0nine\u2009  for]] home. So it was.'],
    ['case', 'He left [[at Nine for Home]] again.', 'HE LEFT [[AT NINE FOR HOME]] AGAIN.'],
    ['ligatures', 'He left [[the final office floor]] again.', 'He left [[the ﬁnal oﬃce ﬂoor]] again.'],
    [
      'composed to decomposed',
      'Er saß [[im Café Müller]] und schwieg.',
      `Er saß [[${'im Café Müller'.normalize('NFD')}]] und schwieg.`,
    ],
    [
      'decomposed to composed',
      `Er saß [[${'im Café Müller'.normalize('NFD')}]] und schwieg.`,
      'Er saß [[im Café Müller]] und schwieg.',
    ],
    [
      'soft hyphens',
      'Die [[Donaudampfschifffahrt ruht]] heute wieder.',
      'Die [[Donau\u00addampf\u00adschifffahrt ruht]] heute wieder.',
    ],
    ['French spacing', 'Il dit : [[« Où est-il ? »]] et partit.', 'Il dit: [[“Où est-il?”]] et partit.'],
  ])('sees no change of words in a change of %s', (_name, before, after) => {
    const { result, shown } = follow(before, unmarked(after));
    expect(shown).toBe(after);
    expect(result.state).toBe('anchored');
  });

  it.each([
    [
      'Chinese',
      '市长昨天宣布，[[电车将在九点停运]]。居民们对此表示不满。',
      '市长昨天在会上宣布，[[电车将在十点停运]]。居民们对此表示非常不满。',
    ],
    [
      'Japanese',
      '市長は昨日、[[路面電車は九時に止まる]]と述べた。住民は怒った。',
      '市長は昨日の会見で、[[路面電車は十時に止まる]]と述べた。住民は怒った。',
    ],
    [
      'Thai',
      'นายกเทศมนตรีกล่าวว่า[[รถรางจะหยุดวิ่งตอนเก้าโมง]]ของทุกวัน',
      'เมื่อวานนี้นายกเทศมนตรีกล่าวว่า[[รถรางจะหยุดวิ่งตอนสิบโมง]]ของทุกวัน',
    ],
    [
      'Arabic',
      'قال العمدة أمس إن [[الترام سيتوقف في التاسعة مساء]] كل يوم. وغضب السكان.',
      'قال العمدة اليوم إن [[الترام سيتوقف في العاشرة مساء]] كل يوم. وغضب السكان.',
    ],
    [
      'Hebrew',
      'ראש העיר אמר כי [[החשמלית תיעצר בתשע בערב]] בכל יום. התושבים כעסו.',
      'אתמול ראש העיר אמר כי [[החשמלית תיעצר בעשר בערב]] בכל יום. התושבים כעסו.',
    ],
    [
      'Hindi',
      'महापौर ने कहा कि [[ट्राम नौ बजे रुक जाएगी]] हर दिन। लोग नाराज़ थे।',
      'कल महापौर ने कहा कि [[ट्राम दस बजे रुक जाएगी]] हर दिन। लोग नाराज़ थे।',
    ],
    [
      'emoji',
      'We won 🎉 and [[everyone 😀👩‍👩‍👧 danced 🇫🇷 all night]] long 👍🏽.',
      'So we won 🎉 and [[everyone 😀👩‍👩‍👧 sang 🇫🇷 all night]] long 👍🏽.',
    ],
    [
      'astral letters',
      'The sign 𝒳 and [[the word 𐍈𐌰 of 𠮷 stood]] there for years.',
      '𝒴 was new. The sign 𝒳 and [[the name 𐍈𐌰 of 𠮷 stood]] there for years.',
    ],
  ])('follows an edited passage in %s', (_name, before, after) => {
    const { result, shown } = follow(before, unmarked(after));
    expect(shown).toBe(after);
    expect(result.state).toBe('fuzzy');
  });

  it.each([
    [
      'Chinese',
      '市长昨天宣布新的计划。[[电车将在九点停运。]]居民们对此表示不满。',
      '市长昨天宣布新的计划。居民们对此表示不满。',
    ],
    ['Thai', 'นายกเทศมนตรีประกาศแผนใหม่ [[รถรางจะหยุดวิ่งตอนเก้าโมง]] ชาวบ้านไม่พอใจ', 'นายกเทศมนตรีประกาศแผนใหม่ ชาวบ้านไม่พอใจ'],
    [
      'Arabic',
      'أعلن العمدة خطته الجديدة. [[سيتوقف الترام في التاسعة.]] غضب السكان.',
      'أعلن العمدة خطته الجديدة. غضب السكان.',
    ],
  ])('orphans a deleted passage in %s', (_name, before, after) => {
    expect(follow(before, after).shown).toBe('orphaned');
  });
});

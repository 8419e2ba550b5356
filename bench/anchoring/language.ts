import type { Random } from './random.js';

const FUNCTION_WORDS =
  'the of and to a in that is was for on with as by it at from his her be had not are but they which this or have one were all their there been has when who will more no if out so said what up its about into than them can only other new some could time these two may then do first any my now such like our over man me even most made after also did many before must through'.split(
    ' ',
  );
const SYLLABLES =
  'ba ren to mi chal dor ne ves ti gra lum po sa ke wol fi ster an da zu mer qui lo har pe ond li vak ro shi tem bu jor ey na glo cri'.split(
    ' ',
  );

/** Words that are none, as frequent as words are (Zipf), among English function words. */
export class Language {
  private readonly nouns: string[] = [];

  constructor(
    private readonly random: Random,
    size = 5000,
  ) {
    for (let index = 0; index < size; index += 1)
      this.nouns.push(Array.from({ length: random.between(2, 4) }, () => random.pick(SYLLABLES)).join(''));
  }

  word(): string {
    if (this.random.chance(0.45)) return FUNCTION_WORDS[Math.floor(FUNCTION_WORDS.length * this.random.next() ** 2)]!;
    return this.noun();
  }

  noun(): string {
    return this.nouns[Math.floor(this.nouns.length * this.random.next() ** 2)]!;
  }

  sentence(): string {
    const words = Array.from({ length: this.random.between(6, 26) }, () => this.word());
    words[0] = words[0]![0]!.toUpperCase() + words[0]!.slice(1);
    const commas = words.map((word, at) =>
      at > 2 && at < words.length - 2 && this.random.chance(0.07) ? `${word},` : word,
    );
    return commas.join(' ') + (this.random.chance(0.08) ? '?' : '.');
  }

  paragraph(): string {
    return Array.from({ length: this.random.between(2, 6) }, () => this.sentence()).join(' ');
  }
}

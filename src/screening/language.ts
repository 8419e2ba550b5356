/** What the detector tells apart (ISO 639-1). */
export const LANGUAGES = (
  'am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms nl no ' +
  'or pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh'
).split(' ');

/** Of a text whose language can't be told (ISO 639-2). */
export const UNDETERMINED = 'und';

/** Addresses and names of others are of no language; what is quoted is not the author's. */
const NOT_PROSE = /^>.*$|https?:\/\/\S+|www\.\S+|@\S+/gmu;
/** Beyond that, more text makes the answer no surer. */
const ENOUGH = 2_000;
/** Fewer letters look like any language. Where a letter is a syllable or a word, fewer are needed. */
const LEAST_LETTERS = 20;
const DENSE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}]/u;
const LEAST_DENSE = 6;

export interface LanguageDetector {
  detect(text: string): { language: string; isReliable(): boolean; getScores(): Record<string, number> };
}

/** What the author of a comment wrote in some language. */
export function proseOf(body: string): string {
  return body.slice(0, ENOUGH).replace(NOT_PROSE, ' ');
}

export function lettersIn(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

/** 60 languages take 90 MB while they load: only where something is to be told apart. */
export async function languageDetector(): Promise<LanguageDetector> {
  return (await import('eld/extrasmall')).eld;
}

/** As what a comment reads; a hint for who looks for what they can read. */
export function languageOf(detector: LanguageDetector, body: string): string {
  const prose = proseOf(body);
  if (lettersIn(prose) < (DENSE.test(prose) ? LEAST_DENSE : LEAST_LETTERS)) return UNDETERMINED;
  const guess = detector.detect(prose);
  return guess.isReliable() && guess.language !== '' ? guess.language : UNDETERMINED;
}

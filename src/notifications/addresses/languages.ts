/** What the pages and mails of Postil are written in. */
export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/**
 * The best of ours that an `Accept-Language` header (RFC 9110, section 12.5.4) names.
 * @param otherwise where it names none: the site's, for example
 */
export function languageOf(header: string | undefined, otherwise: string = 'en'): Language {
  const wanted = (header ?? '')
    .slice(0, 1_000)
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters
        .map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1])
        .find((q) => q !== undefined);
      return { language: range.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
    });
  const ours = wanted.filter(({ language, weight }) => isLanguage(language) && weight > 0);
  // Stable: among equals, the one that stands first.
  const [best] = ours.sort((a, b) => b.weight - a.weight);
  return [best?.language, otherwise].find(isLanguage) ?? 'en';
}

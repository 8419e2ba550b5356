/** Letters with marks that are letters of their own: there `schwül` is not `schwul`, while `fück` is a disguise in English. */
const OWN: Readonly<Record<string, string>> = {
  cs: 'áčďéěíňóřšťúůýž',
  da: 'åæø',
  de: 'äöü',
  es: 'áéíóúüñ',
  fi: 'äöå',
  fr: 'àâçéèêëîïôùûüÿ',
  hu: 'áéíóöőúüű',
  is: 'áéíóúýö',
  it: 'àèéìòù',
  nl: 'éëïóöü',
  no: 'åæø',
  pl: 'ąćęłńóśźż',
  pt: 'áâãàçéêíóôõú',
  ro: 'ăâîșț',
  ru: 'й',
  sk: 'áäčďéíĺľňóôŕšťúýž',
  sl: 'čšž',
  sv: 'åäö',
  tr: 'çğıöşü',
  uk: 'йї',
};

export type OwnLetters = ReadonlySet<string>;

const sets = new Map(Object.entries(OWN).map(([language, letters]) => [language, new Set(letters.normalize('NFC'))]));
const none: OwnLetters = new Set();

export function ownLetters(language: string | undefined): OwnLetters {
  return sets.get((language ?? '').toLowerCase().split('-')[0] ?? '') ?? none;
}

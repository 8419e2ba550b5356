import type { StatementTexts } from './statement-texts.js';

export const de: StatementTexts = {
  what: {
    refused: ({ title }) => `Ihr Kommentar zu „${title}“ wird nicht veröffentlicht.`,
    removed: ({ title }) => `Ihr Kommentar zu „${title}“ wurde entfernt.`,
    held: ({ title }) => `Ihr Kommentar zu „${title}“ ist verborgen, bis die Moderation ihn geprüft hat.`,
    warned: () => 'Sie wurden verwarnt. Bestätigen Sie die Verwarnung, um weiter zu kommentieren.',
    premoderated: ({ until }) =>
      `Die Moderation liest Ihre Kommentare, bevor sie erscheinen${until && `, bis zum ${until}`}.`,
    suspended: ({ until }) => `Sie können bis zum ${until} nicht kommentieren, abstimmen oder melden.`,
    banned: () => 'Sie können auf dieser Seite nicht mehr kommentieren, abstimmen oder melden.',
  },
  state: {
    'in-force': 'Das gilt zurzeit.',
    ended: 'Das ist beendet.',
    withdrawn: 'Das wurde sofort zurückgenommen.',
    reversed: 'Das wurde aufgehoben.',
    replaced: 'Eine spätere Entscheidung ist an die Stelle getreten.',
  },
  facts: {
    'own-initiative': 'Wir haben von uns aus geprüft.',
    notice: 'Wir haben geprüft, weil uns ein rechtswidriger Inhalt gemeldet wurde.',
    reports: 'Wir haben geprüft, weil Leserinnen oder Leser den Kommentar gemeldet haben.',
  },
  automation: {
    fully: 'Die Entscheidung wurde automatisch getroffen.',
    partially: 'Gefunden wurde es automatisch, entschieden hat ein Mensch.',
    not: 'Ein Mensch hat entschieden, ohne automatisierte Mittel.',
  },
  ground: {
    illegal: (reference) => `Wir halten es für rechtswidrig. Grundlage: ${reference}.`,
    incompatible: (reference) => `Wir halten es für unvereinbar mit unseren Regeln. Grundlage: ${reference}.`,
  },
  scope: (countries) => `Das gilt in: ${countries}.`,
  eea: 'im ganzen Europäischen Wirtschaftsraum',
  appeal: (until) =>
    `Sie können bis zum ${until} kostenlos widersprechen. Über den Widerspruch entscheidet jemand anders.`,
  noAppeal: 'Ein Widerspruch bei uns ist nicht (mehr) möglich.',
  others:
    'Sie können sich auch an eine zertifizierte außergerichtliche Streitbeilegungsstelle oder an ein Gericht wenden.',
  reasons: {
    abuse: ['Beleidigung oder Belästigung', 'Er greift einen Menschen an statt eines Arguments.'],
    hate: ['Hass', 'Er greift Menschen für das an, was sie sind.'],
    'off-topic': ['Nicht zum Thema', 'Er hat nichts mit dem Artikel oder seiner Diskussion zu tun.'],
    'personal-data': ['Persönliche Daten', 'Er gibt Daten eines Menschen preis, der nicht zugestimmt hat.'],
    spam: ['Werbung oder Spam', 'Er wirbt, oder wiederholt, was schon geschrieben wurde.'],
    illegal: ['Gegen das Gesetz', 'Das Gesetz verbietet, ihn zu veröffentlichen.'],
    unreadable: ['Nicht lesbar', 'Er ist nicht zu verstehen.'],
    other: ['Anderes', 'Siehe die Erklärung zur Entscheidung.'],
    reports: ['Von Lesern gemeldet', 'Er wurde gemeldet und ist verborgen, bis die Moderation ihn geprüft hat.'],
  },
};

import type { PageWords } from './page-words.js';

const CONSENT = { asked: 'Angefragt', confirmed: 'Bestätigt', withdrawn: 'Widerrufen' };

export const de: PageWords = {
  about: {
    thread: (title) => `Neue Kommentare zu „${title}“`,
    replies: (title) => `Antworten auf Ihre Kommentare zu „${title}“`,
    comment: (title) => `Antworten auf einen Kommentar zu „${title}“`,
  },
  more: (count) => `Und noch ${count}.`,
  confirm: {
    title: 'Adresse bestätigen',
    intro: (siteName) => `Jemand, vermutlich Sie selbst, hat ${siteName} gebeten, an diese Adresse zu schreiben:`,
    button: 'Ja, schreiben Sie mir',
    notYou: 'Wenn Sie das nicht waren, schließen Sie diese Seite. Es wird nichts verschickt.',
    done: 'Danke',
    doneIntro: (siteName) => `Ihre Adresse ist bestätigt. ${siteName} schreibt Ihnen:`,
    already: 'Ihre Adresse ist bestätigt. Nichts wartet auf Ihre Bestätigung.',
  },
  list: {
    title: (name) => `„${name}“ abonnieren`,
    intro: (siteName) =>
      `Jemand, vermutlich Sie selbst, hat diese Adresse in eine Mailingliste von ${siteName} eingetragen. Dem stimmen Sie zu:`,
    button: 'Ja, tragen Sie mich ein',
    done: 'Danke für Ihr Abonnement',
    doneIntro: (name) => `Sie stehen auf der Liste „${name}“. Sie können sie jederzeit verlassen.`,
    over: 'Nichts wartet auf Ihre Bestätigung.',
  },
  unsubscribe: {
    title: 'Diese Nachrichten beenden?',
    intro: (siteName) => `${siteName} schreibt Ihnen:`,
    button: 'Diese Nachrichten beenden',
    done: 'Erledigt',
    doneIntro: 'Sie erhalten diese Nachrichten nicht mehr:',
  },
  preferences: {
    title: 'Ihre Nachrichten',
    intro: (siteName, email) => `Alles, was ${siteName} an ${email} schickt.`,
    saved: 'Gespeichert.',
    settings: 'Wie und wann',
    frequency: 'Wie oft',
    frequencies: {
      instant: 'Sofort; was kurz nacheinander kommt, in einer Nachricht',
      hourly: 'Höchstens eine Nachricht in der Stunde',
      daily: 'Eine Nachricht am Tag',
    },
    timeZone: 'Zeitzone',
    siteTimeZone: 'Die der Seite',
    language: 'Sprache',
    save: 'Speichern',
    subscriptions: 'Worüber Sie benachrichtigt werden',
    noSubscriptions: 'Zurzeit über nichts.',
    waits: 'noch nicht bestätigt',
    confirm: 'Bestätigen',
    stop: 'Beenden',
    start: 'Wieder beginnen',
    ended: 'beendet',
    own: 'Was über Ihre Kommentare, Meldungen und Beschwerden entschieden wird',
    mentions: 'Wer Sie erwähnt, und dass ein Kommentar von Ihnen erschienen ist',
    lists: 'Mailinglisten',
    noLists: 'Es gibt keine.',
    onList: (since) => `Sie stehen auf dieser Liste seit ${since}.`,
    join: 'Ich stimme zu, tragen Sie mich ein',
    leave: 'Diese Liste verlassen',
    everything: 'Alles abstellen',
    everythingIntro: 'Beendet alles, was oben steht, auch die Mailinglisten.',
    everythingOff: 'Alles beenden',
    neverIntro:
      'Oder die Adresse löschen, sodass niemand sie hier wieder eintragen kann. Es bleibt ein Code, an dem sie erkannt wird.',
    never: 'Löschen, und nie wieder an mich schreiben',
    stored: 'Was über diese Adresse gespeichert ist',
    storedAddress: (email, since) => `Die Adresse ${email}, seit ${since}.`,
    storedConfirmed: (since) => `Dass sie bestätigt wurde: ${since}.`,
    storedUnconfirmed: 'Dass sie nicht bestätigt ist.',
    storedSubscription: (about, since) => `${about}: seit ${since}.`,
    storedEnded: (count) =>
      count === 1 ? 'Eine Benachrichtigung, die beendet ist.' : `${count} Benachrichtigungen, die beendet sind.`,
    storedConsent: (what, list, at, page) =>
      `${CONSENT[what]}: „${list}“, ${at}${page === null ? '' : `, auf ${page}`}.`,
    storedRest: 'Die Einstellungen oben, und wann Ihnen Nachrichten geschickt wurden.',
    newLink: 'Ein neuer Link',
    newLinkIntro:
      'Wer den Link zu dieser Seite hat, kann hier alles ändern. Wurde eine Nachricht weitergegeben, lassen Sie alle alten Links enden.',
    newLinkButton: 'Neuen Link schicken',
    newLinkSent: 'Ein neuer Link ist unterwegs zu Ihnen. Die alten gelten nicht mehr.',
    blocked: 'Diese Adresse ist gesperrt',
    blockedIntro: 'Sie wollten nie wieder angeschrieben werden. Die Adresse selbst ist gelöscht.',
    unblock: 'Sperre aufheben',
    unblocked: 'Die Sperre ist aufgehoben. Die Adresse kann wieder eingetragen werden.',
    suppressed:
      'Nachrichten an diese Adresse kamen zurück oder wurden als Spam gemeldet. Es wird nichts mehr verschickt.',
  },
  asks: {
    email: 'Ihre E-Mail-Adresse',
    followTitle: 'Neue Kommentare per E-Mail',
    follow: 'Benachrichtigen',
    subscribe: 'Abonnieren',
    sent: 'Sehen Sie in Ihr Postfach',
    sentIntro: {
      subscriptions:
        'Wenn die Adresse stimmt, ist eine E-Mail unterwegs. Mit dem Link darin bestätigen Sie Ihren Wunsch.',
      'mailing-list':
        'Wenn die Adresse stimmt, ist eine E-Mail unterwegs. Auf der Liste stehen Sie, sobald Sie dem Link darin folgen.',
    },
    failed: 'Etwas ist schiefgegangen',
    noAddress: 'Das ist keine E-Mail-Adresse. Geben Sie eine an wie name@example.org.',
    later: 'Ihr Wunsch ist nicht angekommen. Bitte versuchen Sie es gleich noch einmal.',
    back: 'Zurück zu den Kommentaren',
  },
  mails: {
    confirm: {
      subject: (siteName) => `Bitte bestätigen Sie Ihre Adresse · ${siteName}`,
      ignore: 'Wenn Sie das nicht waren, müssen Sie nichts tun: Ohne die Bestätigung erhalten Sie keine Nachrichten.',
    },
    list: {
      subject: (name, siteName) => `Bitte bestätigen: „${name}“ · ${siteName}`,
      ignore: 'Wenn Sie das nicht waren, müssen Sie nichts tun: Ohne die Bestätigung stehen Sie nicht auf der Liste.',
    },
    link: {
      subject: (siteName) => `Die Einstellungen Ihrer Nachrichten · ${siteName}`,
      intro: 'Das ist der neue Link zu den Einstellungen Ihrer Nachrichten. Alle älteren Links gelten nicht mehr.',
    },
  },
  toPreferences: 'Alle Einstellungen Ihrer Nachrichten',
  invalid: {
    title: 'Dieser Link gilt nicht',
    intro: 'Er ist nicht vollständig, oder ein neuerer hat ihn ersetzt. Nehmen Sie den Link in der neuesten Nachricht.',
  },
};

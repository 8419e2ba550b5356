import type { Words } from './words.js';

const comments = (count: number) => (count === 1 ? '1 Kommentar' : `${count} Kommentare`);

export const de: Words = {
  mail: {
    subject: {
      reply: (name, title) => `${name} hat auf Ihren Kommentar zu „${title}“ geantwortet`,
      'follow-up': (name, title) => `${name} hat „${title}“ kommentiert`,
      mention: (name, title) => `${name} hat Sie bei „${title}“ erwähnt`,
      published: (_name, title) => `Ihr Kommentar zu „${title}“ ist veröffentlicht`,
      many: (count, title) => `${count} neue Kommentare zu „${title}“`,
      digest: (count, siteName) => `${count === 1 ? '1 neuer Kommentar' : `${count} neue Kommentare`} · ${siteName}`,
    },
    line: {
      reply: (name) => `${name} hat auf Ihren Kommentar geantwortet:`,
      'follow-up': (name) => `${name} hat kommentiert:`,
      mention: (name) => `${name} hat Sie erwähnt:`,
      published: () => 'Ihr Kommentar ist veröffentlicht:',
    },
    digestIntro: {
      instant: 'Das ist neu:',
      hourly: 'Das ist neu seit Ihrer letzten stündlichen Nachricht:',
      daily: 'Das ist neu seit Ihrer letzten täglichen Nachricht:',
    },
    more: (count) => `Und ${count === 1 ? '1 weiterer Kommentar' : `${count} weitere Kommentare`}.`,
    read: 'Lesen und antworten',
    toArticle: 'Zur Diskussion',
    why: {
      thread:
        'Sie erhalten diese Nachricht, weil Sie über neue Kommentare zu diesem Artikel benachrichtigt werden wollten.',
      replies:
        'Sie erhalten diese Nachricht, weil Sie über Antworten auf Ihre Kommentare benachrichtigt werden wollten.',
      comment:
        'Sie erhalten diese Nachricht, weil Sie über Antworten auf diesen Kommentar benachrichtigt werden wollten.',
      own: 'Sie erhalten diese Nachricht, weil es um etwas geht, das Sie geschrieben oder gemeldet haben.',
      staff: 'Sie erhalten diese Nachricht, weil Sie diese Seite moderieren.',
      notice: 'Sie erhalten diese Nachricht, weil Sie uns etwas gemeldet und diese Adresse angegeben haben.',
      asked: 'Sie erhalten diese Nachricht, weil jemand diese Adresse bei uns eingetragen hat.',
    },
    stopThread: 'Keine Nachrichten mehr zu diesem Artikel',
    stopMentions: 'Keine Nachrichten mehr, wenn ich erwähnt werde oder mein Kommentar erscheint',
    stopAll: 'Keine solchen Nachrichten mehr',
    settings: 'Alle Einstellungen Ihrer Nachrichten',
    restricted: {
      comment: (title) => `Ihr Kommentar zu „${title}“ ist nicht öffentlich`,
      warned: 'Eine Verwarnung',
      premoderated: 'Ihre Kommentare werden gelesen, bevor sie erscheinen',
      suspended: 'Sie sind gesperrt',
      banned: 'Sie sind ausgeschlossen',
    },
    reason: (label, explanation) => `Grund: ${label}. ${explanation}`,
    staffSays: 'Die Moderation schreibt dazu:',
    toTheArticle: 'Zum Artikel',
    aboutComment: (title) => `Der Kommentar stand bei „${title}“.`,
    redress:
      'Sie können sich auch an eine zertifizierte Stelle für außergerichtliche Streitbeilegung oder an ein Gericht wenden.',
    appeal: {
      upheld: {
        subject: 'Ihre Beschwerde: Die Entscheidung bleibt',
        intro: 'Ihre Beschwerde wurde geprüft. Die Entscheidung bleibt bestehen.',
      },
      overturned: {
        subject: 'Ihre Beschwerde: Die Entscheidung wurde geändert',
        intro: 'Ihre Beschwerde wurde geprüft, und Sie hatten recht: Die Entscheidung wurde zurückgenommen.',
      },
    },
    report: {
      subject: 'Was aus Ihrer Meldung wurde',
      intro: {
        agreed: 'Sie haben einen Kommentar gemeldet. Wir stimmen zu: Er ist nicht mehr öffentlich.',
        disagreed: 'Sie haben einen Kommentar gemeldet. Wir haben ihn geprüft, und er bleibt stehen.',
      },
    },
    notice: {
      removed: {
        subject: 'Ihr Hinweis: entfernt',
        intro: 'Wir haben Ihren Hinweis geprüft und den Kommentar entfernt.',
      },
      kept: {
        subject: 'Ihr Hinweis: nicht entfernt',
        intro: 'Wir haben Ihren Hinweis geprüft. Der Kommentar bleibt stehen.',
      },
      withdrawn: {
        subject: 'Ihr Hinweis: erledigt',
        intro: 'Der Kommentar wurde von seinem Verfasser zurückgenommen. Ihr Hinweis ist damit erledigt.',
      },
    },
    alarm: {
      subject: (queue, siteName) => `Die Warteschlange „${queue}“ von ${siteName} wartet`,
      intro: (count, queue, hours) =>
        `In der Warteschlange „${queue}“ ${count === 1 ? 'wartet 1 Eintrag' : `warten ${count} Einträge`}, der älteste seit ${hours === 1 ? 'einer Stunde' : `${hours} Stunden`}.`,
      open: 'Konsole öffnen',
    },
    staffDigest: {
      subject: (siteName, day) => `${siteName}: ${day}`,
      intro: (siteName) => `Das geschah bei ${siteName} in den letzten 24 Stunden:`,
      posted: (count) => `${comments(count)} geschrieben`,
      decided: (count) => (count === 1 ? '1 Entscheidung' : `${count} Entscheidungen`),
      reported: (count) => (count === 1 ? '1 Meldung' : `${count} Meldungen`),
      waiting: (count, queue) => `${count} in „${queue}“`,
      oldest: (hours) =>
        hours === 1 ? 'der älteste Eintrag seit einer Stunde' : `der älteste Eintrag seit ${hours} Stunden`,
    },
  },
};

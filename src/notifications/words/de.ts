import type { Words } from './words.js';

const comments = (count: number) => (count === 1 ? '1 Kommentar' : `${count} Kommentare`);
const hoursOf = (hours: number) =>
  hours < 1 ? 'weniger als einer Stunde' : hours === 1 ? 'einer Stunde' : `${hours} Stunden`;

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
    queues: {
      pending: 'Zu prüfen',
      reported: 'Gemeldet',
      unmoderated: 'Ungeprüft',
      spam: 'Werbung',
      appeals: 'Beschwerden',
      illegal: 'Rechtswidrige Inhalte',
    },
    alarm: {
      subject: (queue, siteName) => `Die Warteschlange „${queue}“ von ${siteName} wartet`,
      intro: (count, queue, hours) =>
        `In der Warteschlange „${queue}“ ${count === 1 ? 'wartet 1 Eintrag' : `warten ${count} Einträge`}, der älteste seit ${hoursOf(hours)}.`,
      open: 'Konsole öffnen',
    },
    givenUp: {
      subject: (siteName) => `Ein Webhook von ${siteName} ist abgeschaltet`,
      intro: {
        failing:
          'Diese Adresse hat fünf Tage lang keine einzige Nachricht angenommen. Postil sendet deshalb nichts mehr dorthin.',
        gone: 'Diese Adresse meldet, dass es sie nicht mehr gibt (410). Postil sendet deshalb nichts mehr dorthin.',
      },
      missed: 'Was geschieht, solange der Webhook abgeschaltet ist, wird nicht nachgereicht.',
      next: 'Sobald die Adresse wieder erreichbar ist, können Sie ihn in der Konsole einschalten.',
    },
    staffDigest: {
      subject: (siteName, day) => `${siteName}: ${day}`,
      intro: (siteName) => `Das geschah bei ${siteName} in den letzten 24 Stunden:`,
      posted: (count) => `${comments(count)} geschrieben`,
      decided: (count) => (count === 1 ? '1 Entscheidung' : `${count} Entscheidungen`),
      reported: (count) => (count === 1 ? '1 Meldung' : `${count} Meldungen`),
      waiting: (count, queue) => `${count} in „${queue}“`,
      oldest: (hours) => `der älteste Eintrag seit ${hoursOf(hours)}`,
    },
  },
};

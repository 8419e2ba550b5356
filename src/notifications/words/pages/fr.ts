import type { PageWords } from './page-words.js';

const CONSENT = { asked: 'Demandé', confirmed: 'Confirmé', withdrawn: 'Retiré' };

export const fr: PageWords = {
  about: {
    thread: (title) => `Nouveaux commentaires sur «\u00a0${title}\u00a0»`,
    replies: (title) => `Réponses à vos commentaires sur «\u00a0${title}\u00a0»`,
    comment: (title) => `Réponses à un commentaire sur «\u00a0${title}\u00a0»`,
  },
  more: (count) => `Et encore ${count}.`,
  confirm: {
    title: 'Confirmez votre adresse',
    intro: (siteName) => `Quelqu’un, sans doute vous, a demandé à ${siteName} d’écrire à cette adresse\u00a0:`,
    button: 'Oui, écrivez-moi',
    notYou: 'Si ce n’était pas vous, fermez cette page. Rien ne sera envoyé.',
    done: 'Merci',
    doneIntro: (siteName) => `Votre adresse est confirmée. ${siteName} vous écrira\u00a0:`,
    already: 'Votre adresse est confirmée. Rien n’attend votre confirmation.',
  },
  list: {
    title: (name) => `S’inscrire à «\u00a0${name}\u00a0»`,
    intro: (siteName) =>
      `Quelqu’un, sans doute vous, a inscrit cette adresse à une liste de diffusion de ${siteName}. Voici ce que vous acceptez\u00a0:`,
    button: 'Oui, inscrivez-moi',
    done: 'Merci de votre inscription',
    doneIntro: (name) => `Vous êtes sur la liste «\u00a0${name}\u00a0». Vous pouvez la quitter à tout moment.`,
    over: 'Rien n’attend votre confirmation.',
  },
  unsubscribe: {
    title: 'Arrêter ces messages\u00a0?',
    intro: (siteName) => `${siteName} vous écrit\u00a0:`,
    button: 'Arrêter ces messages',
    done: 'C’est fait',
    doneIntro: 'Vous ne recevrez plus ces messages\u00a0:',
  },
  preferences: {
    title: 'Vos messages',
    intro: (siteName, email) => `Tout ce que ${siteName} envoie à ${email}.`,
    saved: 'Enregistré.',
    settings: 'Comment et quand',
    frequency: 'Fréquence',
    frequencies: {
      instant: 'Tout de suite\u00a0; ce qui se suit de près en un seul message',
      hourly: 'Au plus un message par heure',
      daily: 'Un message par jour',
    },
    timeZone: 'Fuseau horaire',
    siteTimeZone: 'Celui du site',
    language: 'Langue',
    save: 'Enregistrer',
    subscriptions: 'Ce dont vous êtes averti',
    noSubscriptions: 'De rien pour le moment.',
    waits: 'pas encore confirmé',
    confirm: 'Confirmer',
    stop: 'Arrêter',
    start: 'Reprendre',
    ended: 'arrêté',
    own: 'Ce qui est décidé de vos commentaires, signalements et recours',
    mentions: 'Qui vous mentionne, et qu’un de vos commentaires est publié',
    lists: 'Listes de diffusion',
    noLists: 'Il n’y en a pas.',
    onList: (since) => `Vous êtes sur cette liste depuis le ${since}.`,
    join: 'J’accepte, inscrivez-moi à cette liste',
    leave: 'Quitter cette liste',
    everything: 'Tout arrêter',
    everythingIntro: 'Met fin à tout ce qui précède, listes de diffusion comprises.',
    everythingOff: 'Tout arrêter',
    neverIntro:
      'Ou effacez cette adresse, pour que personne ne puisse plus l’inscrire ici. Seul reste un code qui permet de la reconnaître.',
    never: 'L’effacer, et ne plus jamais m’écrire',
    stored: 'Ce qui est conservé à propos de cette adresse',
    storedAddress: (email, since) => `L’adresse ${email}, depuis le ${since}.`,
    storedConfirmed: (since) => `Sa confirmation\u00a0: le ${since}.`,
    storedUnconfirmed: 'Le fait qu’elle n’est pas confirmée.',
    storedSubscription: (about, since) => `${about}\u00a0: depuis le ${since}.`,
    storedEnded: (count) => (count === 1 ? 'Un abonnement terminé.' : `${count} abonnements terminés.`),
    storedConsent: (what, list, at, page) =>
      `${CONSENT[what]}\u00a0: «\u00a0${list}\u00a0», le ${at}${page === null ? '' : `, sur ${page}`}.`,
    storedRest: 'Les réglages ci-dessus, et la date des messages envoyés.',
    newLink: 'Un nouveau lien',
    newLinkIntro:
      'Qui possède le lien vers cette page peut tout y changer. Si un message a été transmis, mettez fin à tous les anciens liens.',
    newLinkButton: 'M’envoyer un nouveau lien',
    newLinkSent: 'Un nouveau lien vous parviendra bientôt. Les anciens ne fonctionnent plus.',
    blocked: 'Cette adresse est bloquée',
    blockedIntro: 'Vous avez demandé à ne plus jamais recevoir de message. L’adresse elle-même est effacée.',
    unblock: 'Lever le blocage',
    unblocked: 'Le blocage est levé. L’adresse peut de nouveau être inscrite.',
    suppressed:
      'Des messages envoyés à cette adresse ont été refusés ou signalés comme indésirables. Plus rien ne lui est envoyé.',
  },
  asks: {
    email: 'Votre adresse e-mail',
    followTitle: 'Nouveaux commentaires par e-mail',
    follow: 'M’avertir',
    subscribe: 'S’abonner',
    sent: 'Consultez votre messagerie',
    sentIntro: {
      subscriptions: 'Si cette adresse est correcte, un message est en route. Son lien confirme votre demande.',
      'mailing-list':
        'Si cette adresse est correcte, un message est en route. Vous serez sur la liste après avoir suivi son lien.',
    },
    failed: 'Un problème est survenu',
    noAddress: 'Ce n’est pas une adresse e-mail. Indiquez-en une comme nom@example.org.',
    later: 'Votre demande n’a pas été enregistrée. Réessayez dans un instant.',
    back: 'Retour aux commentaires',
  },
  mails: {
    confirm: {
      subject: (siteName) => `Veuillez confirmer votre adresse · ${siteName}`,
      ignore: 'Si ce n’était pas vous, il n’y a rien à faire\u00a0: sans confirmation, vous ne recevrez aucun message.',
    },
    list: {
      subject: (name, siteName) => `Veuillez confirmer\u00a0: «\u00a0${name}\u00a0» · ${siteName}`,
      ignore: 'Si ce n’était pas vous, il n’y a rien à faire\u00a0: sans confirmation, vous n’êtes pas sur la liste.',
    },
    link: {
      subject: (siteName) => `Les réglages de vos messages · ${siteName}`,
      intro: 'Voici le nouveau lien vers les réglages de vos messages. Les liens plus anciens ne fonctionnent plus.',
    },
  },
  toPreferences: 'Tous les réglages de vos messages',
  invalid: {
    title: 'Ce lien ne fonctionne pas',
    intro: 'Il est incomplet, ou un plus récent l’a remplacé. Utilisez le lien du dernier message.',
  },
};

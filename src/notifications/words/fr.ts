import type { Words } from './words.js';

/** French counts zero and one alike. */
const comments = (count: number) => (count < 2 ? `${count} commentaire` : `${count} commentaires`);
const hoursOf = (hours: number) => (hours < 1 ? 'moins d’une heure' : hours === 1 ? 'une heure' : `${hours} heures`);

export const fr: Words = {
  mail: {
    subject: {
      reply: (name, title) => `${name} a répondu à votre commentaire sur «\u00a0${title}\u00a0»`,
      'follow-up': (name, title) => `${name} a commenté «\u00a0${title}\u00a0»`,
      mention: (name, title) => `${name} vous a mentionné à propos de «\u00a0${title}\u00a0»`,
      published: (_name, title) => `Votre commentaire sur «\u00a0${title}\u00a0» est publié`,
      many: (count, title) => `${count} nouveaux commentaires sur «\u00a0${title}\u00a0»`,
      digest: (count, siteName) =>
        `${count < 2 ? `${count} nouveau commentaire` : `${count} nouveaux commentaires`} · ${siteName}`,
    },
    line: {
      reply: (name) => `${name} a répondu à votre commentaire\u00a0:`,
      'follow-up': (name) => `${name} a commenté\u00a0:`,
      mention: (name) => `${name} vous a mentionné\u00a0:`,
      published: () => 'Votre commentaire est publié\u00a0:',
    },
    digestIntro: {
      instant: 'Voici ce qui est nouveau\u00a0:',
      hourly: 'Voici ce qui est nouveau depuis votre dernier message de l’heure\u00a0:',
      daily: 'Voici ce qui est nouveau depuis votre dernier message du jour\u00a0:',
    },
    more: (count) => `Et ${count < 2 ? `${count} autre commentaire` : `${count} autres commentaires`}.`,
    read: 'Lire et répondre',
    toArticle: 'Lire la conversation',
    why: {
      thread:
        'Vous recevez ce message parce que vous avez demandé à être informé des nouveaux commentaires sur cet article.',
      replies: 'Vous recevez ce message parce que vous avez demandé à être informé des réponses à vos commentaires.',
      comment: 'Vous recevez ce message parce que vous avez demandé à être informé des réponses à ce commentaire.',
      own: 'Vous recevez ce message parce qu’il concerne quelque chose que vous avez écrit ou signalé.',
      staff: 'Vous recevez ce message parce que vous modérez ce site.',
      notice: 'Vous recevez ce message parce que vous nous avez adressé une notification avec cette adresse.',
      asked: 'Vous recevez ce message parce que quelqu’un a saisi cette adresse chez nous.',
    },
    stopThread: 'Plus de messages sur cet article',
    stopMentions: 'Plus de messages quand on me mentionne ou que mon commentaire est publié',
    stopAll: 'Plus de messages de ce genre',
    settings: 'Tous les réglages de vos messages',
    restricted: {
      comment: (title) => `Votre commentaire sur «\u00a0${title}\u00a0» n’est pas public`,
      warned: 'Un avertissement',
      premoderated: 'Vos commentaires sont lus avant de paraître',
      suspended: 'Vous êtes suspendu',
      banned: 'Vous êtes exclu',
    },
    reason: (label, explanation) => `Motif\u00a0: ${label}. ${explanation}`,
    staffSays: 'La modération précise\u00a0:',
    toTheArticle: 'Lire l’article',
    aboutComment: (title) => `Le commentaire portait sur «\u00a0${title}\u00a0».`,
    redress:
      'Vous pouvez aussi vous adresser à un organe certifié de règlement extrajudiciaire des litiges, ou à un tribunal.',
    appeal: {
      upheld: {
        subject: 'Votre réclamation\u00a0: la décision est maintenue',
        intro: 'Votre réclamation a été examinée. La décision est maintenue.',
      },
      overturned: {
        subject: 'Votre réclamation\u00a0: la décision a été modifiée',
        intro: 'Votre réclamation a été examinée et vous aviez raison\u00a0: la décision a été annulée.',
      },
    },
    report: {
      subject: 'La suite donnée à votre signalement',
      intro: {
        agreed: 'Vous avez signalé un commentaire. Nous sommes d’accord\u00a0: il n’est plus public.',
        disagreed: 'Vous avez signalé un commentaire. Nous l’avons examiné et il reste en place.',
      },
    },
    notice: {
      removed: {
        subject: 'Votre notification\u00a0: retiré',
        intro: 'Nous avons examiné votre notification et retiré le commentaire.',
      },
      kept: {
        subject: 'Votre notification\u00a0: non retiré',
        intro: 'Nous avons examiné votre notification. Le commentaire reste en place.',
      },
      withdrawn: {
        subject: 'Votre notification\u00a0: réglée',
        intro: 'Le commentaire a été retiré par son auteur. Votre notification est réglée.',
      },
    },
    queues: {
      pending: 'À modérer',
      reported: 'Signalés',
      unmoderated: 'Non relus',
      spam: 'Publicité',
      appeals: 'Réclamations',
      illegal: 'Contenus illicites',
    },
    alarm: {
      subject: (queue, siteName) => `La file «\u00a0${queue}\u00a0» de ${siteName} attend`,
      intro: (count, queue, hours) =>
        `${count < 2 ? `${count} élément attend` : `${count} éléments attendent`} dans la file «\u00a0${queue}\u00a0», le plus ancien depuis ${hoursOf(hours)}.`,
      open: 'Ouvrir la console',
    },
    givenUp: {
      subject: (siteName) => `Un webhook de ${siteName} est désactivé`,
      intro: {
        failing: 'Depuis cinq jours, cette adresse n’a accepté aucun message. Postil ne lui envoie donc plus rien.',
        gone: 'Cette adresse indique qu’elle n’existe plus (410). Postil ne lui envoie donc plus rien.',
      },
      missed: 'Ce qui se passe pendant la désactivation ne sera pas envoyé plus tard.',
      next: 'Dès que l’adresse répond de nouveau, vous pouvez réactiver le webhook dans la console.',
    },
    staffDigest: {
      subject: (siteName, day) => `${siteName}\u00a0: ${day}`,
      intro: (siteName) => `Ce qui s’est passé sur ${siteName} ces dernières 24 heures\u00a0:`,
      posted: (count) => `${comments(count)} ${count < 2 ? 'écrit' : 'écrits'}`,
      decided: (count) => (count < 2 ? `${count} décision` : `${count} décisions`),
      reported: (count) => (count < 2 ? `${count} signalement` : `${count} signalements`),
      waiting: (count, queue) => `${count} en attente dans «\u00a0${queue}\u00a0»`,
      oldest: (hours) => `le plus ancien depuis ${hoursOf(hours)}`,
    },
  },
};

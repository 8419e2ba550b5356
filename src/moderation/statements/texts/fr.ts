import type { StatementTexts } from './statement-texts.js';

export const fr: StatementTexts = {
  what: {
    refused: ({ title }) => `Votre commentaire sur «\u00a0${title}\u00a0» n’est pas publié.`,
    removed: ({ title }) => `Votre commentaire sur «\u00a0${title}\u00a0» a été retiré.`,
    held: ({ title }) =>
      `Votre commentaire sur «\u00a0${title}\u00a0» est masqué jusqu’à ce que la modération l’ait examiné.`,
    warned: () => 'Vous avez reçu un avertissement. Confirmez-le pour continuer à commenter.',
    premoderated: ({ until }) =>
      `La modération lit vos commentaires avant leur parution${until && `, jusqu’au ${until}`}.`,
    suspended: ({ until }) => `Vous ne pouvez ni commenter, ni voter, ni signaler jusqu’au ${until}.`,
    banned: () => 'Vous ne pouvez plus commenter, voter ni signaler sur ce site.',
  },
  state: {
    'in-force': 'Cette mesure est en vigueur.',
    ended: 'Cette mesure a pris fin.',
    withdrawn: 'Cette mesure a été retirée aussitôt.',
    reversed: 'Cette mesure a été annulée.',
    replaced: 'Une décision ultérieure l’a remplacée.',
  },
  facts: {
    'own-initiative': 'Nous l’avons examiné de notre propre initiative.',
    notice: 'Nous l’avons examiné car on nous a signalé un contenu illicite.',
    reports: 'Nous l’avons examiné car des lecteurs l’ont signalé.',
  },
  automation: {
    fully: 'La décision a été prise automatiquement.',
    partially: 'La détection a été automatique, une personne a décidé.',
    not: 'Une personne a décidé, sans moyens automatisés.',
  },
  ground: {
    illegal: (reference) => `Nous le considérons comme illicite. Fondement\u00a0: ${reference}.`,
    incompatible: (reference) => `Nous le considérons comme contraire à nos règles. Fondement\u00a0: ${reference}.`,
  },
  scope: (countries) => `Territoire concerné\u00a0: ${countries}.`,
  eea: 'tout l’Espace économique européen',
  appeal: (until) =>
    `Vous pouvez faire appel gratuitement jusqu’au ${until}. Une autre personne décidera de cet appel.`,
  noAppeal: 'Il n’est pas (ou plus) possible de faire appel auprès de nous.',
  others: 'Vous pouvez aussi saisir un organe certifié de règlement extrajudiciaire des litiges, ou un tribunal.',
  reasons: {
    abuse: ['Insulte ou harcèlement', 'Il attaque une personne au lieu d’un argument.'],
    hate: ['Haine', 'Il attaque des personnes pour ce qu’elles sont.'],
    'off-topic': ['Hors sujet', 'Il n’a rien à voir avec l’article ni avec sa discussion.'],
    'personal-data': ['Données personnelles', 'Il révèle les données d’une personne qui n’y a pas consenti.'],
    spam: ['Publicité ou spam', 'Il fait de la publicité, ou répète ce qui a déjà été publié.'],
    illegal: ['Contraire à la loi', 'La loi interdit de le publier.'],
    unreadable: ['Illisible', 'On ne peut pas le comprendre.'],
    other: ['Autre', 'Voir l’explication donnée avec la décision.'],
    reports: ['Signalé par des lecteurs', 'Il a été signalé et reste masqué jusqu’à l’examen par la modération.'],
  },
};

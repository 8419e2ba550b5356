import type { StatementTexts } from './statement-texts.js';

export const es: StatementTexts = {
  what: {
    refused: ({ title }) => `Su comentario sobre «${title}» no se publica.`,
    removed: ({ title }) => `Su comentario sobre «${title}» ha sido retirado.`,
    held: ({ title }) => `Su comentario sobre «${title}» está oculto hasta que la moderación lo revise.`,
    warned: () => 'Ha recibido una advertencia. Confírmela para seguir comentando.',
    premoderated: ({ until }) =>
      `La moderación lee sus comentarios antes de que aparezcan${until && `, hasta el ${until}`}.`,
    suspended: ({ until }) => `No puede comentar, votar ni denunciar hasta el ${until}.`,
    banned: () => 'Ya no puede comentar, votar ni denunciar en este sitio.',
  },
  state: {
    'in-force': 'Esta medida está en vigor.',
    ended: 'Esta medida ha terminado.',
    withdrawn: 'Esta medida se retiró de inmediato.',
    reversed: 'Esta medida fue anulada.',
    replaced: 'Una decisión posterior la ha sustituido.',
  },
  facts: {
    'own-initiative': 'Lo hemos revisado por iniciativa propia.',
    notice: 'Lo hemos revisado porque se nos notificó un contenido ilícito.',
    reports: 'Lo hemos revisado porque lo denunciaron lectores.',
  },
  automation: {
    fully: 'La decisión se tomó de forma automática.',
    partially: 'Se detectó de forma automática y decidió una persona.',
    not: 'Decidió una persona, sin medios automatizados.',
  },
  ground: {
    illegal: (reference) => `Lo consideramos ilícito. Fundamento: ${reference}.`,
    incompatible: (reference) => `Lo consideramos contrario a nuestras normas. Fundamento: ${reference}.`,
  },
  scope: (countries) => `Se aplica en: ${countries}.`,
  eea: 'todo el Espacio Económico Europeo',
  appeal: (until) => `Puede recurrir gratuitamente hasta el ${until}. Otra persona decidirá sobre el recurso.`,
  noAppeal: 'No se puede recurrir (o ya no) ante nosotros.',
  others: 'También puede acudir a un organismo certificado de resolución extrajudicial de litigios, o a un tribunal.',
  reasons: {
    abuse: ['Insulto o acoso', 'Ataca a una persona en lugar de un argumento.'],
    hate: ['Odio', 'Ataca a personas por lo que son.'],
    'off-topic': ['Fuera de tema', 'No tiene nada que ver con el artículo ni con su debate.'],
    'personal-data': ['Datos personales', 'Revela datos de una persona que no lo ha consentido.'],
    spam: ['Publicidad o spam', 'Hace publicidad, o repite lo que ya se publicó.'],
    illegal: ['Contrario a la ley', 'La ley prohíbe publicarlo.'],
    unreadable: ['Ilegible', 'No se puede entender.'],
    other: ['Otro', 'Véase la explicación dada con la decisión.'],
    reports: ['Denunciado por lectores', 'Fue denunciado y está oculto hasta que la moderación lo revise.'],
  },
};

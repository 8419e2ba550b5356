import type { PageWords } from './page-words.js';

const CONSENT = { asked: 'Solicitado', confirmed: 'Confirmado', withdrawn: 'Retirado' };

export const es: PageWords = {
  about: {
    thread: (title) => `Nuevos comentarios sobre «${title}»`,
    replies: (title) => `Respuestas a sus comentarios sobre «${title}»`,
    comment: (title) => `Respuestas a un comentario sobre «${title}»`,
  },
  more: (count) => `Y ${count} más.`,
  confirm: {
    title: 'Confirme su dirección',
    intro: (siteName) => `Alguien, seguramente usted, pidió a ${siteName} que escriba a esta dirección:`,
    button: 'Sí, escríbanme',
    notYou: 'Si no fue usted, cierre esta página. No se enviará nada.',
    done: 'Gracias',
    doneIntro: (siteName) => `Su dirección está confirmada. ${siteName} le escribirá:`,
    already: 'Su dirección está confirmada. Nada espera su confirmación.',
  },
  list: {
    title: (name) => `Suscribirse a «${name}»`,
    intro: (siteName) =>
      `Alguien, seguramente usted, apuntó esta dirección a una lista de correo de ${siteName}. Esto es lo que acepta:`,
    button: 'Sí, apúntenme',
    done: 'Gracias por suscribirse',
    doneIntro: (name) => `Está en la lista «${name}». Puede dejarla cuando quiera.`,
    over: 'Nada espera su confirmación.',
  },
  unsubscribe: {
    title: '¿Dejar de recibir estos mensajes?',
    intro: (siteName) => `${siteName} le escribe:`,
    button: 'Dejar de recibirlos',
    done: 'Hecho',
    doneIntro: 'Ya no recibirá estos mensajes:',
  },
  preferences: {
    title: 'Sus mensajes',
    intro: (siteName, email) => `Todo lo que ${siteName} envía a ${email}.`,
    saved: 'Guardado.',
    settings: 'Cómo y cuándo',
    frequency: 'Frecuencia',
    frequencies: {
      instant: 'Al momento; lo que llega seguido, en un solo mensaje',
      hourly: 'Como mucho un mensaje por hora',
      daily: 'Un mensaje al día',
    },
    timeZone: 'Zona horaria',
    siteTimeZone: 'La del sitio',
    language: 'Idioma',
    save: 'Guardar',
    subscriptions: 'De qué se le avisa',
    noSubscriptions: 'De nada por ahora.',
    waits: 'aún sin confirmar',
    confirm: 'Confirmar',
    stop: 'Dejar',
    start: 'Volver a empezar',
    ended: 'terminado',
    own: 'Qué se decide sobre sus comentarios, avisos y recursos',
    mentions: 'Quién lo menciona y que un comentario suyo se ha publicado',
    lists: 'Listas de correo',
    noLists: 'No hay ninguna.',
    onList: (since) => `Está en esta lista desde el ${since}.`,
    join: 'Acepto, apúntenme a esta lista',
    leave: 'Dejar esta lista',
    everything: 'Desactivar todo',
    everythingIntro: 'Termina todo lo anterior, también las listas de correo.',
    everythingOff: 'Terminar todo',
    neverIntro:
      'O borre esta dirección, para que nadie pueda volver a apuntarla aquí. Solo queda un código para reconocerla.',
    never: 'Borrarla, y no escribirme nunca más',
    stored: 'Qué se guarda sobre esta dirección',
    storedAddress: (email, since) => `La dirección ${email}, desde el ${since}.`,
    storedConfirmed: (since) => `Que fue confirmada: el ${since}.`,
    storedUnconfirmed: 'Que no está confirmada.',
    storedSubscription: (about, since) => `${about}: desde el ${since}.`,
    storedEnded: (count) => (count === 1 ? 'Una suscripción terminada.' : `${count} suscripciones terminadas.`),
    storedConsent: (what, list, at, page) =>
      `${CONSENT[what]}: «${list}», el ${at}${page === null ? '' : `, en ${page}`}.`,
    storedRest: 'Los ajustes de arriba, y cuándo se le enviaron mensajes.',
    newLink: 'Un enlace nuevo',
    newLinkIntro:
      'Quien tiene el enlace a esta página puede cambiarlo todo. Si reenvió un mensaje, haga que los enlaces antiguos dejen de valer.',
    newLinkButton: 'Enviarme un enlace nuevo',
    newLinkSent: 'Un enlace nuevo está en camino. Los antiguos ya no valen.',
    blocked: 'Esta dirección está bloqueada',
    blockedIntro: 'Pidió que no se le escribiera nunca más. La dirección misma está borrada.',
    unblock: 'Levantar el bloqueo',
    unblocked: 'El bloqueo está levantado. La dirección se puede volver a apuntar.',
    suppressed:
      'Los mensajes a esta dirección fueron devueltos o marcados como correo no deseado. Ya no se le envía nada.',
  },
  asks: {
    email: 'Su correo electrónico',
    followTitle: 'Nuevos comentarios por correo',
    follow: 'Avisarme',
    subscribe: 'Suscribirse',
    sent: 'Revise su correo',
    sentIntro: {
      subscriptions: 'Si la dirección es correcta, un mensaje está en camino. Su enlace confirma lo que ha pedido.',
      'mailing-list':
        'Si la dirección es correcta, un mensaje está en camino. Estará en la lista cuando siga su enlace.',
    },
    failed: 'Algo ha salido mal',
    noAddress: 'Esto no es una dirección de correo. Escriba una como nombre@example.org.',
    later: 'No se ha registrado su petición. Inténtelo de nuevo en un momento.',
    back: 'Volver a los comentarios',
  },
  mails: {
    confirm: {
      subject: (siteName) => `Confirme su dirección, por favor · ${siteName}`,
      ignore: 'Si no fue usted, no tiene que hacer nada: sin la confirmación no recibirá mensajes.',
    },
    list: {
      subject: (name, siteName) => `Confirme, por favor: «${name}» · ${siteName}`,
      ignore: 'Si no fue usted, no tiene que hacer nada: sin la confirmación no está en la lista.',
    },
    link: {
      subject: (siteName) => `Los ajustes de sus mensajes · ${siteName}`,
      intro: 'Este es el enlace nuevo a los ajustes de sus mensajes. Los enlaces más antiguos ya no funcionan.',
    },
  },
  toPreferences: 'Todos los ajustes de sus mensajes',
  invalid: {
    title: 'Este enlace no funciona',
    intro: 'Está incompleto, o uno más nuevo lo ha sustituido. Use el enlace del mensaje más reciente.',
  },
};

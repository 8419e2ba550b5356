import type { Words } from './words.js';

const comments = (count: number) => (count === 1 ? '1 comentario' : `${count} comentarios`);
const hoursOf = (hours: number) => (hours < 1 ? 'menos de una hora' : hours === 1 ? 'una hora' : `${hours} horas`);

export const es: Words = {
  mail: {
    subject: {
      reply: (name, title) => `${name} ha respondido a su comentario sobre «${title}»`,
      'follow-up': (name, title) => `${name} ha comentado «${title}»`,
      mention: (name, title) => `${name} le ha mencionado en «${title}»`,
      published: (_name, title) => `Su comentario sobre «${title}» está publicado`,
      many: (count, title) => `${count} comentarios nuevos sobre «${title}»`,
      digest: (count, siteName) =>
        `${count === 1 ? '1 comentario nuevo' : `${count} comentarios nuevos`} · ${siteName}`,
    },
    line: {
      reply: (name) => `${name} ha respondido a su comentario:`,
      'follow-up': (name) => `${name} ha comentado:`,
      mention: (name) => `${name} le ha mencionado:`,
      published: () => 'Su comentario está publicado:',
    },
    digestIntro: {
      instant: 'Esto es nuevo:',
      hourly: 'Esto es nuevo desde su último mensaje de la hora:',
      daily: 'Esto es nuevo desde su último mensaje diario:',
    },
    more: (count) => `Y ${count === 1 ? '1 comentario' : `${count} comentarios`} más.`,
    read: 'Leer y responder',
    toArticle: 'Leer la conversación',
    why: {
      thread: 'Recibe este mensaje porque pidió que le avisáramos de los comentarios nuevos sobre este artículo.',
      replies: 'Recibe este mensaje porque pidió que le avisáramos de las respuestas a sus comentarios.',
      comment: 'Recibe este mensaje porque pidió que le avisáramos de las respuestas a este comentario.',
      own: 'Recibe este mensaje porque trata de algo que usted escribió o denunció.',
      staff: 'Recibe este mensaje porque modera este sitio.',
      notice: 'Recibe este mensaje porque nos envió un aviso y dejó esta dirección.',
      asked: 'Recibe este mensaje porque alguien introdujo esta dirección en nuestro sitio.',
    },
    stopThread: 'No más mensajes sobre este artículo',
    stopMentions: 'No más mensajes cuando me mencionen o se publique mi comentario',
    stopAll: 'No más mensajes de este tipo',
    settings: 'Todos los ajustes de sus mensajes',
    restricted: {
      comment: (title) => `Su comentario sobre «${title}» no es público`,
      warned: 'Una advertencia',
      premoderated: 'Sus comentarios se leen antes de aparecer',
      suspended: 'Ha sido suspendido',
      banned: 'Ha sido excluido',
    },
    reason: (label, explanation) => `Motivo: ${label}. ${explanation}`,
    staffSays: 'El equipo de moderación explica:',
    toTheArticle: 'Leer el artículo',
    aboutComment: (title) => `El comentario era sobre «${title}».`,
    redress: 'También puede acudir a un órgano certificado de resolución extrajudicial de litigios o a un tribunal.',
    appeal: {
      upheld: {
        subject: 'Su reclamación: la decisión se mantiene',
        intro: 'Hemos revisado su reclamación. La decisión se mantiene.',
      },
      overturned: {
        subject: 'Su reclamación: la decisión ha cambiado',
        intro: 'Hemos revisado su reclamación y tenía razón: la decisión se ha anulado.',
      },
    },
    report: {
      subject: 'Qué ha pasado con su denuncia',
      intro: {
        agreed: 'Usted denunció un comentario. Estamos de acuerdo: ya no es público.',
        disagreed: 'Usted denunció un comentario. Lo hemos revisado y se mantiene.',
      },
    },
    notice: {
      removed: { subject: 'Su aviso: retirado', intro: 'Hemos revisado su aviso y retirado el comentario.' },
      kept: { subject: 'Su aviso: no retirado', intro: 'Hemos revisado su aviso. El comentario se mantiene.' },
      withdrawn: {
        subject: 'Su aviso: resuelto',
        intro: 'El autor ha retirado el comentario. Su aviso queda resuelto.',
      },
    },
    queues: {
      pending: 'Por moderar',
      reported: 'Denunciados',
      unmoderated: 'Sin revisar',
      spam: 'Publicidad',
      appeals: 'Reclamaciones',
      illegal: 'Contenidos ilícitos',
    },
    alarm: {
      subject: (queue, siteName) => `La cola «${queue}» de ${siteName} espera`,
      intro: (count, queue, hours) =>
        `${count === 1 ? '1 elemento espera' : `${count} elementos esperan`} en la cola «${queue}», el más antiguo desde hace ${hoursOf(hours)}.`,
      open: 'Abrir la consola',
    },
    givenUp: {
      subject: (siteName) => `Se ha desactivado un webhook de ${siteName}`,
      intro: {
        failing:
          'Desde hace cinco días, esta dirección no ha aceptado ningún mensaje. Por eso Postil ha dejado de enviarle avisos.',
        gone: 'Esta dirección responde que ya no existe (410). Por eso Postil ha dejado de enviarle avisos.',
      },
      missed: 'Lo que ocurra mientras esté desactivado no se enviará después.',
      next: 'Cuando la dirección vuelva a funcionar, puede activarlo de nuevo en la consola.',
    },
    staffDigest: {
      subject: (siteName, day) => `${siteName}: ${day}`,
      intro: (siteName) => `Lo que ocurrió en ${siteName} en las últimas 24 horas:`,
      posted: (count) => `${comments(count)} ${count === 1 ? 'escrito' : 'escritos'}`,
      decided: (count) => (count === 1 ? '1 decisión' : `${count} decisiones`),
      reported: (count) => (count === 1 ? '1 denuncia' : `${count} denuncias`),
      waiting: (count, queue) => `${count} en espera en «${queue}»`,
      oldest: (hours) => `el más antiguo desde hace ${hoursOf(hours)}`,
    },
  },
};

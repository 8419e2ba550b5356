interface SystemError {
  code?: unknown;
  address?: unknown;
  port?: unknown;
  message?: unknown;
  errors?: unknown[];
}

/** Why a start failed, in one line where the reason is known; else with its stack, for it is a bug. */
export function describeStartFailure(error: unknown): string {
  const shape = (error ?? {}) as SystemError;
  // Several addresses were tried (IPv4 and IPv6): they failed alike.
  const cause = Array.isArray(shape.errors) ? ((shape.errors[0] ?? shape) as SystemError) : shape;
  const place = `${String(cause.address ?? '')}:${String(cause.port ?? '')}`;
  switch (cause.code) {
    case 'EADDRINUSE':
      return `The port is taken: ${place} is in use. Stop what listens there, or set PORT.`;
    case 'EACCES':
      return `It is not permitted to listen on ${place}. Set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${String(cause.address ?? '')}. Set HOST to one that it has.`;
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return `DATABASE_URL does not answer: nothing accepts connections at ${place}.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `DATABASE_URL does not answer: its host can't be found.`;
    case '28P01':
    case '28000':
      return 'DATABASE_URL: the database refuses this user or password.';
    case '3D000':
      return 'DATABASE_URL: the server has no database of this name. Create it first.';
    default:
      if (/timeout expired|Connection terminated/.test(String(cause.message))) {
        return 'DATABASE_URL does not answer: the connection was not accepted in time.';
      }
      return `Postil could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

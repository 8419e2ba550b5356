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
    case '57P03':
      return 'DATABASE_URL: the database is starting up or shutting down. Try again in a moment.';
    case '53300':
      return 'DATABASE_URL: the database has no connection left for this node.';
    case '42501':
      return `DATABASE_URL: this user may not make the tables of Postil (${String(cause.message)}).`;
    case '28P01':
    case '28000':
      return 'DATABASE_URL: the database refuses this user or password.';
    case '3D000':
      return 'DATABASE_URL: the server has no database of this name. Create it first.';
    default:
      return describeUncoded(String(cause.message)) ?? `Postil could not start: ${stackOf(error)}`;
  }
}

/** What the driver says without a code. */
function describeUncoded(message: string): string | undefined {
  if (/timeout expired|timeout exceeded|Connection terminated/.test(message)) {
    return 'DATABASE_URL does not answer: the connection was not accepted in time.';
  }
  if (/client password must be a string/.test(message))
    return 'DATABASE_URL has no password; the database asks for one.';
  if (/does not support SSL/.test(message)) return 'DATABASE_URL asks for TLS; the database does not offer it.';
  return undefined;
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Params } from 'nestjs-pino';
import { stdTimeFunctions } from 'pino';
import type { RuntimeConfig } from '../tokens.js';

/** Tokens that stand in paths, as links in mails and receipts do: an id, a dot, an HMAC-SHA256. */
const SIGNED = /[\w-]{20,}\.[\w-]{43}/g;

/**
 * JSON lines with the request's id. What a reader writes, addresses and tokens never get here: of a request only
 * method, path and id are kept, of an answer its status.
 */
export function loggerOptions(config: RuntimeConfig): Params {
  return {
    pinoHttp: {
      level: config.logLevel,
      timestamp: stdTimeFunctions.isoTime,
      quietReqLogger: true,
      genReqId: (request: IncomingMessage & { id?: unknown }) => (request.id as string | undefined) ?? '',
      customAttributeKeys: { reqId: 'requestId' },
      customLogLevel: (_request: IncomingMessage, response: ServerResponse, error?: Error) =>
        error || response.statusCode >= 500 ? 'error' : 'debug',
      serializers: {
        req: (request: { method: string; url: string }) => ({
          method: request.method,
          path: request.url.split('?')[0]?.replace(SIGNED, '…'),
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
    },
  };
}

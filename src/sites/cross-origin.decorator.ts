import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { crossOrigin } from './origin.js';

/** The asking page's origin where it is another host's: what `OriginPolicy.assertPermitted` wants. */
export const CrossOrigin = createParamDecorator((_data: unknown, context: ExecutionContext): string | undefined =>
  crossOrigin(context.switchToHttp().getRequest<FastifyRequest>().headers),
);

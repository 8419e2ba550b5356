import type { OpenAPIObject } from '@nestjs/swagger';

const header = (name: string, description: string) => ({
  name,
  description,
  in: 'header' as const,
  required: true,
  schema: { type: 'string' as const },
});

/** Operations that no controller has, so that the generator doesn't find them. A test holds them against the routes. */
export const BESIDE_CONTROLLERS: OpenAPIObject['paths'] = {
  // Its body is signed byte by byte, so no parser may touch it.
  '/api/v1/sites/{site}/mail-events': {
    post: {
      operationId: 'MailEvents.take',
      summary: 'A mail provider reports a bounce or a complaint: nothing is sent to that address any more.',
      description:
        'Signed as Standard Webhooks asks for, with the secret of `…/mail-events/secret`; at most 5 minutes old.',
      tags: ['mails'],
      parameters: [
        header('webhook-id', 'The report’s own id.'),
        header('webhook-timestamp', 'Seconds since 1970.'),
        header(
          'webhook-signature',
          '`v1,` and the signature in base64; of several, separated by spaces, one must be right.',
        ),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['type', 'messageId'],
              properties: {
                type: { type: 'string', enum: ['bounce', 'complaint'] },
                messageId: { type: 'string', maxLength: 300, description: 'The `Message-ID` of the mail.' },
              },
            },
          },
        },
      },
      responses: { 204: { description: 'Taken, whether or not the mail is known' } },
    },
  },
};

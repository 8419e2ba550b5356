import { ApiProperty } from '@nestjs/swagger';
import type { Disabled, EndpointRow } from './endpoint.store.js';

/** Where a site is told of what happens. */
export class EndpointView {
  id: string;
  url: string;
  description: string;
  /** What it is told; see docs/webhooks.md. */
  types: string[];
  /** Whether what happens in one thread is told in order: the next waits until the one before was taken or given up. */
  ordered: boolean;
  enabled: boolean;
  /** Why it is not: by staff, after days of failure, or because it answered 410. */
  @ApiProperty({ type: 'string', enum: ['staff', 'failing', 'gone'], nullable: true })
  disabled: Disabled | null;
  @ApiProperty({ format: 'date-time', nullable: true })
  disabledAt: string | null;
  /** Since when every attempt failed; null: the newest did not. */
  @ApiProperty({ format: 'date-time', nullable: true })
  failingSince: string | null;
  /** Until when signatures by the secret before count too. */
  @ApiProperty({ format: 'date-time', nullable: true })
  previousSecretUntil: string | null;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** The endpoint, and what signs its messages: shown this once. */
export class EndpointWithSecretView {
  endpoint: EndpointView;
  /** `whsec_` and base64, as the libraries of Standard Webhooks take it. */
  secret: string;
}

export class EndpointListView {
  items: EndpointView[];
  nextCursor: string | null;
}

export function endpointView(row: EndpointRow): EndpointView {
  const { id, url, description, types, ordered, disabled } = row;
  return {
    ...{ id, url, description, types, ordered, disabled, enabled: disabled === null },
    disabledAt: row.disabledAt?.toISOString() ?? null,
    failingSince: row.failingSince?.toISOString() ?? null,
    previousSecretUntil: row.previousUntil?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

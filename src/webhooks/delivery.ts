import type { EndpointRow } from './endpoint.store.js';

export interface DeliveryRow {
  id: string;
  siteId: string;
  endpointId: string;
  type: string;
  threadId: string | null;
  subjectId: string;
  data: Record<string, unknown>;
  at: Date;
  attempts: number;
}

/** With where it goes. */
export type DueDelivery = DeliveryRow & Pick<EndpointRow, 'url' | 'types' | 'secret' | 'previousSecret'>;

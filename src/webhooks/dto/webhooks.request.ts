import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { PageParameters } from '../../platform/http/page.request.js';
import type { DeliveryState } from '../delivery.store.js';
import { EVENT_TYPES, type EventType } from '../event-types.js';

/** Where to tell of what. */
export class NewEndpointRequest {
  /** `https`, on any port; `http` only to an address of `OUTGOING_NETWORKS`. */
  @IsString()
  @Length(1, 2_000)
  url: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(EVENT_TYPES.length)
  @ArrayUnique()
  @IsIn(EVENT_TYPES, { each: true })
  types: EventType[];

  /** For staff. */
  @Omittable()
  @IsString()
  @Length(0, 200)
  description?: string;

  /** Whether what happens in one thread is told in order. Without it, as fast as it goes. */
  @Omittable()
  @IsBoolean()
  ordered?: boolean;
}

/** What is left out stays. */
export class ChangeEndpointRequest {
  @Omittable()
  @IsString()
  @Length(1, 2_000)
  url?: string;

  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(EVENT_TYPES.length)
  @ArrayUnique()
  @IsIn(EVENT_TYPES, { each: true })
  types?: EventType[];

  @Omittable()
  @IsString()
  @Length(0, 200)
  description?: string;

  @Omittable()
  @IsBoolean()
  ordered?: boolean;

  /** False: nothing more is sent, and what happens meanwhile is not told later. What waits goes on when it is true again. */
  @Omittable()
  @IsBoolean()
  enabled?: boolean;
}

export class RotateSecretRequest {
  /** How long signatures by both secrets are sent, in seconds: a day unless told, at most 30. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(30 * 86_400)
  overlapSeconds?: number;
}

export class ListDeliveriesRequest extends PageParameters {
  @Omittable()
  @IsIn(['waiting', 'delivered', 'dropped', 'failed'])
  state?: DeliveryState;

  @ApiPropertyOptional({ default: 50 })
  override limit: number = 50;
}

import { Injectable } from '@nestjs/common';

/** The time of this process. Leases and retention go by the database's clock instead. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}

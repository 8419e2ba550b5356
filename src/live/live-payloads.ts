import { plainToInstance } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  validateSync,
} from 'class-validator';
import { invalid } from '../platform/http/validation.js';
import { BUILT_QUEUES, type BuiltQueue } from '../moderation/index.js';

/** What a client watches. */
export class JoinThread {
  @IsString()
  @Length(1, 255)
  site: string;

  @IsString()
  @Length(1, 255)
  thread: string;

  /** The last `seq` that was applied: what came after is in the answer. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;
}

export class LeaveThread {
  @IsString()
  @Length(1, 255)
  site: string;

  @IsString()
  @Length(1, 255)
  thread: string;
}

/** The reader's session, whose news the page is told. */
export class SignIn {
  /** Left out: that of the handshake's `auth`. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  token?: string;
}

export class JoinQueues {
  @IsString()
  @Length(1, 255)
  site: string;

  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(BUILT_QUEUES, { each: true })
  queues: BuiltQueue[];
}

/** @throws validation */
export function checked<T extends object>(type: new () => T, payload: unknown): T {
  const plain: object = typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload : {};
  const instance = plainToInstance(type, plain);
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  if (errors.length > 0) throw invalid(errors);
  return instance;
}

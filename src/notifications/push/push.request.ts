import { Type } from 'class-transformer';
import { IsObject, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';

/** A browser's keys (RFC 8291). */
export class PushKeysRequest {
  /** 65 bytes, base64url. */
  @IsString()
  @Matches(/^B[\w-]{86}=?$/, { message: 'p256dh must be an uncompressed point of P-256, base64url' })
  p256dh: string;

  /** 16 bytes, base64url. */
  @IsString()
  @Matches(/^[\w-]{22}(==)?$/, { message: 'auth must be 16 bytes, base64url' })
  auth: string;
}

/** What `PushSubscription.toJSON()` gives. */
export class PushRequest {
  /** Of the browser's push service. */
  @IsString()
  @MaxLength(2_000)
  endpoint: string;

  @IsObject()
  @ValidateNested()
  @Type(() => PushKeysRequest)
  keys: PushKeysRequest;
}

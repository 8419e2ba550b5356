import { ApiProperty } from '@nestjs/swagger';

/** What I am told of in a thread. */
export class MySubscriptionView {
  id: string;
  /** `thread`: new comments; `replies`: answers to my comments here; `comment`: answers to one comment. */
  kind: 'thread' | 'replies' | 'comment';
  /** Of the kind `comment`. */
  @ApiProperty({ type: String, nullable: true })
  commentId: string | null;
  /** `pending`: mails begin when the address is confirmed. Of an address that is not proved to be mine it stays so. */
  state: 'pending' | 'confirmed';
}

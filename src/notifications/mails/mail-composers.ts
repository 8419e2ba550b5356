import { Injectable } from '@nestjs/common';
import type { MailComposer, MailKind } from './mail.js';

/** Who writes which kind of mail. Composers register when the module starts. */
@Injectable()
export class MailComposers {
  private readonly composers = new Map<MailKind, MailComposer>();

  register(composer: MailComposer): void {
    for (const kind of composer.kinds) this.composers.set(kind, composer);
  }

  /** Undefined: of a kind that a newer node has queued. */
  of(kind: MailKind): MailComposer | undefined {
    return this.composers.get(kind);
  }
}

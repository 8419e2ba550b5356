import { Injectable } from '@nestjs/common';
import type { SiteRow } from '../sites/index.js';

export interface FormsOf {
  site: SiteRow;
  /** The path of the plain page, below which forms send. */
  path: string;
  lang: string;
  state: 'open' | 'closed' | 'frozen';
}

/** Whoever has forms for the plain page of a thread: a module above this one. Answers html. */
export type FormsMaker = (of: FormsOf) => Promise<string>;

/** Where the plain page meets what can be asked for there, which is not its own. */
@Injectable()
export class ThreadPageForms {
  private make: FormsMaker | undefined;

  register(make: FormsMaker): void {
    this.make = make;
  }

  async html(of: FormsOf): Promise<string> {
    return (await this.make?.(of)) ?? '';
  }
}

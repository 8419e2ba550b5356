import { Injectable } from '@nestjs/common';

/** What a signed-in reader's open pages are told, by a module that they don't know. */
export interface ReaderNewsSource {
  /** The name of the frame. */
  readonly event: string;
  /** What the frame says now. */
  present(readerId: string): Promise<object>;
}

type Listener = (readerId: string, source: ReaderNewsSource) => void;

/** Between the modules that know what is new for a reader, and the sockets that tell it. */
@Injectable()
export class ReaderNews {
  private readonly list: ReaderNewsSource[] = [];
  private listener: Listener = () => undefined;

  register(source: ReaderNewsSource): void {
    this.list.push(source);
  }

  get sources(): readonly ReaderNewsSource[] {
    return this.list;
  }

  /** On this node: each hears of it by its own means. */
  changed(readerId: string, source: ReaderNewsSource): void {
    this.listener(readerId, source);
  }

  onChange(listener: Listener): void {
    this.listener = listener;
  }
}

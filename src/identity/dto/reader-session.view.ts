export class SessionReaderView {
  id: string;
  displayName: string;
}

/** A session that has begun. */
export class ReaderSessionView {
  /** For `Authorization: Bearer`. */
  token: string;
  reader: SessionReaderView;
}

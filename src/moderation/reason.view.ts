/** Why a comment is not let stand. Codes are stable; the texts are for those who choose. */
export class Reason {
  code: string;
  label: string;
  explanation: string;
}

export class ReasonListView {
  items: Reason[];
  nextCursor: string | null;
}

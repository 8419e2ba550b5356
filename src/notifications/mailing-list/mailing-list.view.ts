import type { SavedList } from './mailing-list.store.js';
import type { MemberState } from './list-member.store.js';

/** A mailing list as the box under an article shows it. */
export class MailingListView {
  key: string;
  name: string;
  description: string;
  /** What is consented to. */
  text: string;
  textVersion: number;
  /** The one that is meant where none is named. */
  default: boolean;
  /** Takes nobody new. */
  closed: boolean;
}

/** A site's mailing lists, the default first. */
export class MailingListsView {
  items: MailingListView[];
}

/** How many addresses are in which state. */
export class ListCountsView implements Record<MemberState, number> {
  /** Have not followed the link in the mail. */
  pending: number;
  confirmed: number;
  withdrawn: number;
}

/** A mailing list as its staff sees it. */
export class StaffMailingListView extends MailingListView {
  members: ListCountsView;
}

export function mailingListView(list: SavedList): MailingListView {
  const { key, name, description, text, textVersion, isDefault, closed } = list;
  return { key, name, description, text, textVersion, default: isDefault, closed };
}

import { ApiProperty } from '@nestjs/swagger';
import { SANCTION_KINDS, StandingView, type SanctionKind } from '../../identity/index.js';
import { SAMENESS, type Sameness } from './reader-detail.store.js';
import { SanctionView } from './sanction.view.js';

/** What counts against a reader. */
export class StrikesView {
  total: number;
  ofRejections: number;
  ofSanctions: number;
  /** How many days a strike counts. */
  days: number;
  /** Comments that a person has rejected or marked as spam in these days. */
  rejections: number;
}

/** A sanction that the strikes propose. Nothing applies it but staff. */
export class ProposalView {
  @ApiProperty({ enum: SANCTION_KINDS })
  kind: SanctionKind;
  /** So many strikes propose it on this site. */
  at: number;
}

/** Another reader who may be the same person. A hint: nothing follows from it by itself. */
export class HintView {
  readerId: string;
  name: string;
  /** The site's key. */
  site: string;
  standing: StandingView;
  /** What they have in common: an address that nobody has confirmed, or the network that they came from of late. */
  @ApiProperty({ enum: SAMENESS, isArray: true })
  same: Sameness[];
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** All that is known of a reader, for who decides on sanctions. */
export class ReaderDetailView {
  id: string;
  name: string;
  /** The site's key. */
  site: string;
  @ApiProperty({ enum: ['guest', 'sso'] })
  kind: 'guest' | 'sso';
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  standing: StandingView;
  /** Comments by status. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  record: Record<string, number>;
  /** Newest first, at most 500. */
  sanctions: SanctionView[];
  strikes: StrikesView;
  proposal: ProposalView | null;
  /** Who has more in common first, then the newest; at most 50, on sites of yours. */
  hints: HintView[];
}

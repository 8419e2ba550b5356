import { ApiProperty } from '@nestjs/swagger';
import type { DryRunRow, DryRunState } from './dry-run.store.js';
import { caveatsOf } from './replay.js';
import { EMPTY_TALLY, precisionOf, recallOf, type Example } from './tally.js';

/** So many comments, and what people made of them. */
export class DryRunCountView {
  total: number;
  /** A person has published them, or let them stand. */
  published: number;
  /** A person has rejected them, or marked them as spam. */
  rejected: number;
  /** No person has decided on their present text. */
  undecided: number;
}

/** Which past comments; one of the two is null. */
export class DryRunLastView {
  /** The newest so many. */
  @ApiProperty({ type: 'integer', nullable: true })
  comments: number | null;
  /** Those since this time. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  since: string | null;
}

/** Who ordered it. */
export class DryRunStaffView {
  id: string;
  name: string;
}

/** A rule that is, or was, tried on past comments. */
export class DryRunView {
  id: string;
  /** `failed`: given up after several attempts; `cancelled`: its figures are those of what it had looked at. */
  @ApiProperty({ enum: ['waiting', 'running', 'done', 'cancelled', 'failed'] })
  state: DryRunState;
  /** The rule's id. */
  ruleId: string;
  kind: string;
  last: DryRunLastView;
  startedBy: DryRunStaffView;
  /** Comments to look at; null: not counted yet. */
  @ApiProperty({ type: 'integer', nullable: true })
  total: number | null;
  /** Comments looked at so far: all figures are of these. */
  done: number;
  lookedAt: DryRunCountView;
  /** What the rule would have held. */
  wouldHold: DryRunCountView;
  /** What the rule would have rejected. */
  wouldReject: DryRunCountView;
  /** Of what it would have stopped and people judged: the share that they rejected too. null: they judged none of it. */
  @ApiProperty({ type: Number, format: 'double', nullable: true })
  precision: number | null;
  /** Of what people rejected: the share that it would have stopped. null: they rejected nothing. */
  @ApiProperty({ type: Number, format: 'double', nullable: true })
  recall: number | null;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: string | null;
}

/** A place in a comment. */
export class DryRunEvidenceView {
  start: number;
  end: number;
  /** Missing where the comment has another text by now. */
  text?: string;
}

/** A comment that the rule would have stopped. */
export class DryRunExampleView {
  commentId: string;
  /** The revision that was looked at. */
  revision: number;
  @ApiProperty({ enum: ['hold', 'reject'] })
  action: 'hold' | 'reject';
  @ApiProperty({ type: Number, format: 'double' })
  score: number;
  explanation: string;
  evidence: DryRunEvidenceView[];
  /** What a person made of it; null: nobody has decided. */
  @ApiProperty({ type: String, enum: ['published', 'rejected', null], nullable: true })
  human: 'published' | 'rejected' | null;
}

/** With the rule, what its figures are worth, and examples. */
export class DryRunDetailView extends DryRunView {
  /** As it was read, with its defaults. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  rule: Record<string, unknown>;
  /** Whether the rule sees what it would have seen then, or nearly that: see `caveats`. */
  @ApiProperty({ enum: ['exact', 'approximate'] })
  exactness: 'exact' | 'approximate';
  /** What to know when reading the figures. */
  caveats: string[];
  /** At most 20: first what people published, then what nobody judged, each newest first. */
  examples: DryRunExampleView[];
}

export class DryRunListView {
  items: DryRunView[];
  nextCursor: string | null;
}

export function dryRunView(row: DryRunRow): DryRunView {
  const tally = row.tally ?? EMPTY_TALLY;
  return {
    id: row.id,
    state: row.state,
    ruleId: row.rule.id,
    kind: row.rule.kind,
    last: { comments: row.lastComments, since: row.since?.toISOString() ?? null },
    startedBy: { id: row.staffId, name: row.staffName ?? '' },
    total: row.total,
    done: row.done,
    lookedAt: { ...tally.lookedAt },
    wouldHold: { ...tally.held },
    wouldReject: { ...tally.rejected },
    precision: precisionOf(tally),
    recall: recallOf(tally),
    at: row.at.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** @param texts of the revisions that the examples are about, by comment, where they are still there */
export function dryRunDetailView(row: DryRunRow, texts: ReadonlyMap<string, string>): DryRunDetailView {
  const examples = (row.tally ?? EMPTY_TALLY).examples.map((example) => exampleView(example, texts));
  return { ...dryRunView(row), rule: { ...row.rule }, ...caveatsOf(row.rule), examples };
}

function exampleView(example: Example, texts: ReadonlyMap<string, string>): DryRunExampleView {
  const { commentId, revision, action, score, explanation, human } = example;
  const body = texts.get(commentId);
  const evidence = example.evidence.map(({ start, end }) => ({
    ...{ start, end },
    ...(body === undefined || body === '' ? {} : { text: body.slice(start, end) }),
  }));
  return { commentId, revision, action, score, explanation, evidence, human };
}

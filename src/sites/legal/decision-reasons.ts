import type { StatementCategory, StatementKeyword } from './statement-codes.js';

export const GROUND_KINDS = ['illegal', 'incompatible'] as const;
/** `illegal`: the law forbids it. `incompatible`: the site's own rules do. */
export type GroundKind = (typeof GROUND_KINDS)[number];

export interface Ground {
  readonly kind: GroundKind;
  /** The law, or the section of the rules. */
  readonly reference: string;
  /** Where that can be read. */
  readonly url?: string;
}

/** Why a comment is taken down or a reader is sanctioned. The code is kept; the texts are shown. */
export interface DecisionReason {
  readonly code: string;
  readonly label: string;
  /** For the author, and for everybody who reads the transparency report. */
  readonly explanation: string;
  readonly ground: Ground;
  /** Of the DSA Transparency Database. */
  readonly category: StatementCategory;
  readonly keywords?: readonly StatementKeyword[];
}

const RULES: Ground = { kind: 'incompatible', reference: 'Rules of the comment section' };
const OTHER = 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC';

/** What a site begins with. */
export const DEFAULT_REASONS: readonly DecisionReason[] = [
  {
    code: 'abuse',
    label: 'Insult or harassment',
    explanation: 'It attacks a person instead of a point.',
    ground: RULES,
    category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
    keywords: ['KEYWORD_CYBER_HARASSMENT'],
  },
  {
    code: 'hate',
    label: 'Hate',
    explanation: 'It attacks people for what they are.',
    ground: RULES,
    category: 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH',
    keywords: ['KEYWORD_DISCRIMINATION'],
  },
  {
    code: 'off-topic',
    label: 'Off topic',
    explanation: 'It has nothing to do with the article or its discussion.',
    ground: RULES,
    category: OTHER,
  },
  {
    code: 'personal-data',
    label: 'Personal data',
    explanation: 'It gives away data of a person who did not agree.',
    ground: RULES,
    category: 'STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS',
    keywords: ['KEYWORD_MISSING_PROCESSING_GROUND'],
  },
  {
    code: 'spam',
    label: 'Advertising or spam',
    explanation: 'It advertises, or repeats what was posted before.',
    ground: RULES,
    category: OTHER,
    keywords: ['KEYWORD_GOODS_SERVICES_NOT_PERMITTED'],
  },
  {
    code: 'illegal',
    label: 'Against the law',
    explanation: 'The law forbids publishing it.',
    ground: { kind: 'illegal', reference: 'The criminal and civil law that applies to the publisher' },
    category: 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH',
  },
  {
    code: 'unreadable',
    label: 'Not readable',
    explanation: 'It can not be understood.',
    ground: RULES,
    category: OTHER,
    keywords: ['KEYWORD_LANGUAGE_REQUIREMENTS'],
  },
  {
    code: 'other',
    label: 'Other',
    explanation: 'See the explanation given with the decision.',
    ground: RULES,
    category: OTHER,
    keywords: ['KEYWORD_OTHER'],
  },
];

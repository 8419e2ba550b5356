import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsObject, IsString, IsUrl } from 'class-validator';
import { Matches, MaxLength, ValidateNested } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import { EEA_COUNTRIES, type EeaCountry } from '../legal/countries.js';
import { GROUND_KINDS, type DecisionReason, type Ground, type GroundKind } from '../legal/decision-reasons.js';
import type { LegalSettings } from '../legal/legal-settings.js';
import { STATEMENT_CATEGORIES, STATEMENT_KEYWORDS } from '../legal/statement-codes.js';
import type { StatementCategory, StatementKeyword } from '../legal/statement-codes.js';

const LINE = /^[^\p{Cc}]*[^\s\p{Cc}][^\p{Cc}]*$/u;
const oneLine = (name: string) => ({ message: `${name} must be one line that is not blank` });

/** What a reason rests on. */
export class GroundRequest implements Ground {
  /** `illegal`: the law forbids it. `incompatible`: the site's rules do. */
  @IsIn(GROUND_KINDS)
  kind: GroundKind;

  /** The law, or the section of the rules. Published: no personal data. */
  @IsString()
  @MaxLength(500)
  @Matches(LINE, oneLine('reference'))
  reference: string;

  /** Where that can be read. */
  @Omittable()
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true })
  @MaxLength(500)
  url?: string;
}

/** Why a comment is taken down or a reader is sanctioned. */
export class DecisionReasonRequest implements DecisionReason {
  /** What decisions keep. */
  @IsString()
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'code must be lower-case words joined by hyphens' })
  @MaxLength(40)
  code: string;

  /** What staff choose by. */
  @IsString()
  @MaxLength(80)
  @Matches(LINE, oneLine('label'))
  label: string;

  /** What the author reads. Published: no personal data. */
  @IsString()
  @MaxLength(1_000)
  @Matches(LINE, oneLine('explanation'))
  explanation: string;

  @IsObject()
  @ValidateNested()
  @Type(() => GroundRequest)
  ground: GroundRequest;

  /** A category of the DSA Transparency Database. */
  @IsIn(STATEMENT_CATEGORIES)
  category: StatementCategory;

  /** Keywords of the DSA Transparency Database. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsIn(STATEMENT_KEYWORDS, { each: true })
  keywords?: StatementKeyword[];
}

/** What statements of reasons say of a site. */
export class LegalSettingsRequest implements Partial<LegalSettings> {
  /** Why staff take comments down or sanction readers, in the order in which they choose; each code once. */
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique((reason: DecisionReasonRequest | undefined) => reason?.code)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => DecisionReasonRequest)
  decisionReasons?: DecisionReasonRequest[];

  /** Where restrictions apply: ISO 3166-1 codes of countries of the European Economic Area, each once. */
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(EEA_COUNTRIES, { each: true })
  territorialScope?: EeaCountry[];
}

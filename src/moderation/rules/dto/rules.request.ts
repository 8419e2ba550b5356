import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { Omittable } from '../../../platform/http/omittable.js';
import { PageParameters } from '../../../platform/http/page.request.js';
import { kindNames } from '../../../screening/index.js';
import { SiteQuery } from '../../dto/moderation.request.js';
import { SECRET_FORM } from '../read-rule.js';

/** No enumeration: a newer server has more of them. */
const KINDS = `What it looks for: ${kindNames().join(', ')}.`;
const LARGEST = 2_147_483_647;

/** What a rule says; `GET /moderation/rules` shows examples, docs/screening.md each kind with its params. */
class RuleFields {
  @Omittable()
  @IsString()
  @ApiProperty({ description: KINDS })
  kind?: string;

  /** `enforce` counts, `shadow` records what it would have done, `off` does nothing. */
  @Omittable()
  @IsString()
  @ApiProperty({ enum: ['enforce', 'shadow', 'off'] })
  mode?: string;

  /** What happens to a comment; null: what the kind does. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', enum: ['hold', 'reject'], nullable: true })
  action?: string | null;

  /** By the kind. */
  @Omittable()
  @IsObject()
  @ApiProperty({ type: 'object', additionalProperties: true })
  params?: Record<string, unknown>;

  /** Of the kind `external`: what signs requests to the service, `whsec_` and base64 of 24 to 64 bytes. Never shown again. */
  @Omittable()
  @IsString()
  @Matches(SECRET_FORM, {
    message: 'secret must be whsec_ and base64 of 24 to 64 bytes',
  })
  secret?: string;
}

/** A new rule of a site. */
export class CreateRuleRequest extends RuleFields {
  /** The site's key. */
  @IsString()
  @Length(1, 255)
  site: string;

  /** Small letters, digits and dashes; what its findings name. Made from the kind where it is left out. */
  @Omittable()
  @IsString()
  id?: string;

  @IsString()
  @ApiProperty({ description: KINDS })
  override kind: string;
}

/** A changed rule; what is left out keeps its value. */
export class ChangeRuleRequest extends RuleFields {
  /** The site's key. */
  @IsString()
  @Length(1, 255)
  site: string;

  /** Of the rule that was looked at; another one by now is a conflict. */
  @IsInt()
  @Min(1)
  @Max(LARGEST)
  version: number;
}

/** All rules of a site at once: those that are not among them are removed. */
export class ReplaceRulesRequest {
  /** The site's key. */
  @IsString()
  @Length(1, 255)
  site: string;

  /** Of the list that was looked at (`version` of GET); another one by now is a conflict. */
  @IsInt()
  @Min(0)
  @Max(LARGEST)
  version: number;

  /** As GET lists them: `{id, kind, mode, action, params}`, and `secret` where it is new. */
  @IsArray()
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  rules: Record<string, unknown>[];
}

/** Which version of a rule was looked at. */
export class RemoveRuleQuery extends SiteQuery {
  /** Of the rule; another one by now is a conflict. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST)
  version: number;
}

/** The same without the rule in the address. */
export class RemoveNamedRuleQuery extends RemoveRuleQuery {
  /** Of the rule. */
  @IsString()
  @Length(1, 64)
  id: string;
}

/** A page of a rule's history. */
export class RuleVersionsQuery extends PageParameters {
  /** The site's key. */
  @IsString()
  @Length(1, 255)
  site: string;
}

import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MaxUnits } from '../../platform/http/max-units.js';
import { Omittable } from '../../platform/http/omittable.js';
import { MAX_QUOTE_UNITS, type Anchor } from './anchor.js';

/** UTF-16 code units of the context on each side of a quote. */
const MAX_CONTEXT_UNITS = 1_000;
const MAX_OFFSET = 2_147_483_647;

const FIELDS = { TextQuoteSelector: ['exact', 'prefix', 'suffix'], TextPositionSelector: ['start', 'end'] } as const;
type SelectorType = keyof typeof FIELDS;
const TYPES = Object.keys(FIELDS) as SelectorType[];

/** Says which words are meant (TextQuoteSelector), or where they stand (TextPositionSelector): W3C Web Annotation. */
export class SelectorRequest {
  /** Others are not understood. */
  @IsIn(TYPES, { message: `type must be one of ${TYPES.join(', ')}: other selectors are not understood` })
  @OwnFields()
  type: 'TextQuoteSelector' | 'TextPositionSelector';

  /** Of a quote: the words themselves. */
  @Of('TextQuoteSelector')
  @IsString()
  @MaxUnits(MAX_QUOTE_UNITS)
  @Matches(/[\p{L}\p{N}\p{S}]/u, { message: 'exact must have a letter, a digit or a symbol' })
  exact?: string;

  /** Of a quote: what stands before the words. */
  @Of('TextQuoteSelector')
  @Omittable()
  @IsString()
  @MaxUnits(MAX_CONTEXT_UNITS)
  prefix?: string;

  /** Of a quote: what stands after the words. */
  @Of('TextQuoteSelector')
  @Omittable()
  @IsString()
  @MaxUnits(MAX_CONTEXT_UNITS)
  suffix?: string;

  /** Of a position: the first UTF-16 code unit of the words in the revision's text. */
  @Of('TextPositionSelector')
  @IsInt()
  @Min(0)
  @Max(MAX_OFFSET)
  start?: number;

  /** Of a position: the first one after them. */
  @Of('TextPositionSelector')
  @IsInt()
  @Max(MAX_OFFSET)
  @AboveStart()
  end?: number;
}

/** Words of the article. */
export class AnchorRequest {
  /** The revision that the page showed; without it the newest. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(MAX_OFFSET)
  revision?: number;

  /** One TextQuoteSelector, and at most one TextPositionSelector. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @OneQuote()
  @ValidateNested({ each: true })
  @Type(() => SelectorRequest)
  selectors: SelectorRequest[];
}

/** The anchor that a checked request means. */
export function anchorOf({ revision, selectors }: AnchorRequest): Anchor {
  const quote = selectors.find(({ type }) => type === 'TextQuoteSelector');
  const position = selectors.find(({ type }) => type === 'TextPositionSelector');
  return {
    ...(revision === undefined ? {} : { revision }),
    quote: { exact: quote?.exact ?? '', prefix: quote?.prefix ?? '', suffix: quote?.suffix ?? '' },
    ...(position ? { position: { start: position.start ?? 0, end: position.end ?? 0 } } : {}),
  };
}

/** A field of one type of selector. */
function Of(type: SelectorType): PropertyDecorator {
  return ValidateIf((selector: SelectorRequest) => selector.type === type);
}

/** None of the other type: whoever sends it relies on something that is not read. */
function OwnFields(): PropertyDecorator {
  const others = (type: unknown) => TYPES.filter((other) => other !== type).flatMap((other) => [...FIELDS[other]]);
  const given = (selector: object, type: unknown) =>
    others(type).filter((field) => (selector as Record<string, unknown>)[field] !== undefined);
  return ValidateBy({
    name: 'ownFields',
    validator: {
      validate: (type, args) => !TYPES.includes(type as SelectorType) || given(args!.object, type).length === 0,
      defaultMessage: (args) => `a ${String(args?.value)} has no ${given(args!.object, args!.value).join(', ')}`,
    },
  });
}

function AboveStart(): PropertyDecorator {
  return ValidateBy({
    name: 'aboveStart',
    validator: {
      validate: (end, args) => Number(end) > Number((args!.object as SelectorRequest).start),
      defaultMessage: () => 'end must be above start',
    },
  });
}

function OneQuote(): PropertyDecorator {
  const count = (selectors: unknown, type: SelectorType) =>
    Array.isArray(selectors) ? selectors.filter((one) => (one as SelectorRequest | null)?.type === type).length : 0;
  return ValidateBy({
    name: 'oneQuote',
    validator: {
      validate: (selectors) =>
        // What has no known type is told of its own.
        (Array.isArray(selectors) &&
          selectors.some((one) => !TYPES.includes((one as SelectorRequest | null)?.type as SelectorType))) ||
        (count(selectors, 'TextQuoteSelector') === 1 && count(selectors, 'TextPositionSelector') <= 1),
      defaultMessage: () => 'selectors must have one TextQuoteSelector and at most one TextPositionSelector',
    },
  });
}

import { IsIn, IsInt, Max, Min } from 'class-validator';
import { Omittable } from '../../platform/http/omittable.js';
import type { SiteSettings } from '../site-settings.js';

/** Settings to change; what is left out keeps its value. */
export class SiteSettingsRequest implements Partial<SiteSettings> {
  /** `pre`: comments are held until a person approves them; `post`: they appear at once. */
  @Omittable()
  @IsIn(['pre', 'post'])
  moderationMode?: 'pre' | 'post';

  /** How long an author may edit a comment; 0: never. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(604_800)
  editWindowSeconds?: number;

  /** Levels of nesting shown; deeper replies come flat. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(20)
  maxDepth?: number;

  /** Unicode code points in a comment. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(50_000)
  maxLength?: number;

  /** Links in a comment. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(1_000)
  maxLinks?: number;

  /** How long a moderator holds a claimed item. */
  @Omittable()
  @IsInt()
  @Min(10)
  @Max(86_400)
  claimSeconds?: number;

  /** Reports that bring a published comment into the queue. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(1_000)
  reportThreshold?: number;

  /** How long a decision can be undone; 0: not at all. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(3_600)
  undoSeconds?: number;

  /** How long a decision can be appealed; 0: not at all. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(3_650)
  appealDays?: number;
}

import type { SiteRow } from '../../sites/index.js';
import type { Brand } from './letter.js';

export function brandOf({ name, settings }: SiteRow): Brand {
  return { siteName: name, accent: settings.mailAccent, imprint: settings.mailFooter.trim() };
}

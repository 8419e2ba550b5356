import { isUuid } from '../../platform/http/cursor.js';
import { FREQUENCIES, type AddressSettings } from '../addresses/address.store.js';
import { isLanguage } from '../addresses/languages.js';

/** What a button of the page asks for. */
export type PreferencesChange =
  | ({ do: 'save' } & AddressSettings)
  | { do: 'confirm' | 'stop'; subscriptionId: string }
  | { do: 'join'; listId: string; textVersion: number }
  | { do: 'leave'; listId: string }
  | { do: 'own-off' | 'own-on' | 'mentions-off' | 'mentions-on' | 'off' | 'never' | 'unblock' | 'new-link' };

/** All zones that the server's dates know. */
export const TIME_ZONES: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];

/** Undefined: no form of the page sends that. */
export function preferencesChange(form: URLSearchParams): PreferencesChange | undefined {
  const id = form.get('id') ?? '';
  const what = form.get('do');
  switch (what) {
    case 'save':
      return settings(form);
    case 'confirm':
    case 'stop':
      return isUuid(id) ? { do: what, subscriptionId: id } : undefined;
    case 'leave':
      return isUuid(id) ? { do: what, listId: id } : undefined;
    case 'join': {
      const textVersion = Number(form.get('textVersion'));
      return isUuid(id) && Number.isSafeInteger(textVersion) ? { do: what, listId: id, textVersion } : undefined;
    }
    case 'own-off':
    case 'own-on':
    case 'mentions-off':
    case 'mentions-on':
    case 'off':
    case 'never':
    case 'unblock':
    case 'new-link':
      return { do: what };
    default:
      return undefined;
  }
}

function settings(form: URLSearchParams): PreferencesChange | undefined {
  const frequency = FREQUENCIES.find((one) => one === form.get('frequency'));
  const language = form.get('language');
  const timeZone = form.get('timeZone') ?? '';
  if (frequency === undefined || !isLanguage(language)) return undefined;
  if (timeZone !== '' && !TIME_ZONES.includes(timeZone)) return undefined;
  return { do: 'save', frequency, language, timeZone: timeZone === '' ? null : timeZone };
}

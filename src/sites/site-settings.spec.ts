import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { SiteSettingsRequest } from './dto/site-settings.request.js';
import {
  changedSettings,
  DEFAULT_SETTINGS,
  effectiveSettings,
  SETTING_NAMES,
  type SettingName,
  type SiteSettings,
} from './site-settings.js';

function wrongFields(settings: object): string[] {
  const errors = validateSync(plainToInstance(SiteSettingsRequest, settings), {
    whitelist: true,
    forbidNonWhitelisted: true,
  });
  return errors.map((error) => error.property).sort();
}

const reason = DEFAULT_SETTINGS.decisionReasons[0]!;

describe('site settings', () => {
  it('takes its own defaults, and each setting alone', () => {
    expect(wrongFields(DEFAULT_SETTINGS)).toEqual([]);
    for (const name of SETTING_NAMES) expect(wrongFields({ [name]: DEFAULT_SETTINGS[name] })).toEqual([]);
    expect(wrongFields({})).toEqual([]);
  });

  it.each<[unknown, SettingName[]]>([
    [null, []],
    ['many', ['mailFooter', 'mailSenderName']],
    [1.5, []],
    [-1, []],
    [1e9, []],
    [true, ['staffDigest']],
    [{}, []],
  ])('refuses %j for every setting but %j', (value, takers) => {
    const all = Object.fromEntries(SETTING_NAMES.map((name) => [name, value]));
    expect(wrongFields(all)).toEqual(SETTING_NAMES.filter((name) => !takers.includes(name)).sort());
  });

  it.each([
    { maxDepth: 0 },
    { maxDepth: 21 },
    { maxLength: 0 },
    { maxLength: 50_001 },
    { claimSeconds: 9 },
    { reportThreshold: 0 },
    { moderationMode: 'both' },
    { reportReasons: [] },
    { reportReasons: ['spam'] },
    { reportReasons: [{ code: 'Spam', label: 'Spam' }] },
    { reportReasons: [{ code: 'spam', label: ' ' }] },
    {
      reportReasons: [
        { code: 'spam', label: 'One' },
        { code: 'spam', label: 'Two' },
      ],
    },
    { decisionReasons: [] },
    { decisionReasons: [{ ...reason, ground: { kind: 'moral', reference: 'Taste' } }] },
    { decisionReasons: [{ ...reason, ground: { ...reason.ground, url: 'javascript:alert(1)' } }] },
    { decisionReasons: [{ ...reason, category: 'STATEMENT_CATEGORY_PORNOGRAPHY_OR_SEXUALIZED_CONTENT' }] },
    { decisionReasons: [{ ...reason, keywords: ['KEYWORD_TASTE'] }] },
    { decisionReasons: [reason, reason] },
    { territorialScope: ['US'] },
    { territorialScope: ['DE', 'DE'] },
  ])('refuses %j', (settings) => expect(wrongFields(settings)).toEqual(Object.keys(settings)));

  it('refuses a setting that there is not', () => expect(wrongFields({ minLength: 1 })).toEqual(['minLength']));

  it('gives what is not stored its default', () => {
    expect(effectiveSettings({ maxDepth: 7 })).toEqual({ ...DEFAULT_SETTINGS, maxDepth: 7 });
  });

  it('names what differs, a default stored or not being the same', () => {
    expect(changedSettings(effectiveSettings({}), effectiveSettings({ maxDepth: 3, maxLinks: 0 }))).toEqual([
      'maxLinks',
    ]);
    const reasons = (label: string) => effectiveSettings({ reportReasons: [{ label, code: 'spam' }] });
    expect(changedSettings(reasons('Spam'), reasons('Spam'))).toEqual([]);
    expect(changedSettings(reasons('Spam'), reasons('Advertising'))).toEqual(['reportReasons']);
    const sent = plainToInstance(SiteSettingsRequest, { reportReasons: [{ code: 'spam', label: 'Spam' }] });
    expect(changedSettings(reasons('Spam'), effectiveSettings(sent as Partial<SiteSettings>))).toEqual([]);
  });
});

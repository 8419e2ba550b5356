import { Secrets } from '../../platform/secrets.js';
import type { RuntimeConfig } from '../../platform/tokens.js';
import { DEFAULT_SETTINGS } from '../../sites/index.js';
import { newId } from '../../platform/new-id.js';
import { AddressKeys, networkOf } from './address-keys.js';
import { AddressTokens } from './address-tokens.js';
import { mayAskForConfirmation, type SentLately } from './confirmation-caps.js';
import { languageOf } from './languages.js';

const secrets = new Secrets('a secret key that only tests know of');
const config = { publicUrl: 'https://comments.example' } as RuntimeConfig;

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8:0001:0002:ffff::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['2001:db8::3:4:5:6:7', '2001:db8:0:3'],
    ['64:ff9b::192.0.2.33', '64:ff9b:0:0'],
  ])('%s asks from %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});

describe('AddressKeys', () => {
  const keys = new AddressKeys(secrets);

  it('know an address again in its case and its domain’s spelling, on its site alone', () => {
    const site = newId();
    expect(keys.ofEmail(site, 'Ada@Bücher.example')).toEqual(keys.ofEmail(site, 'ada@xn--bcher-kva.example'));
    expect(keys.ofEmail(site, 'ada@example.org')).not.toEqual(keys.ofEmail(newId(), 'ada@example.org'));
    expect(keys.ofEmail(site, 'ada@example.org')).toHaveLength(32);
    const others = new AddressKeys(new Secrets('another key that only tests know of'));
    expect(keys.ofEmail(site, 'ada@example.org')).not.toEqual(others.ofEmail(site, 'ada@example.org'));
  });
});

describe('AddressTokens', () => {
  const tokens = new AddressTokens(secrets, config);
  const address = { id: newId(), tokenGeneration: 3 };
  const tokenOf = (url: string) => url.split('/').at(-1) ?? '';

  it('say what they are for, of whom, and since when', () => {
    const url = tokens.preferencesUrl(address);
    expect(url).toMatch(/^https:\/\/comments\.example\/preferences\/mp_[\w-]{27}\.[\w-]{43}$/);
    expect(tokens.read(tokenOf(url), 'preferences')).toEqual({ purpose: 'preferences', id: address.id, generation: 3 });
    expect(tokens.read(tokenOf(tokens.listConfirmUrl(address)), 'confirm', 'list')?.purpose).toBe('list');
  });

  it('open nothing that they are not for, nor where a character of them is another', () => {
    const token = tokenOf(tokens.unsubscribeUrl(address));
    expect(tokens.read(token, 'preferences', 'confirm', 'list')).toBeUndefined();
    expect(tokens.read(token.replace('mu_', 'mp_'), 'preferences')).toBeUndefined();
    for (let at = 0; at < token.length; at++) {
      const changed = `${token.slice(0, at)}${token[at] === 'q' ? 'r' : 'q'}${token.slice(at + 1)}`;
      // The last character has bits that mean nothing in base64; the signature is compared as text all the same.
      expect(tokens.read(changed, 'unsubscribe')).toBeUndefined();
    }
    const others = new AddressTokens(new Secrets('another key that only tests know of'), config);
    expect(others.read(token, 'unsubscribe')).toBeUndefined();
  });
});

describe('mayAskForConfirmation', () => {
  const most = { ...DEFAULT_SETTINGS, confirmationsPerAddress: 3, confirmationsPerNetwork: 7 };
  const none: SentLately = { toAddress: 0, secondsSinceLast: null, byNetwork: 0, onSite: 0 };

  it.each([
    ['the first', {}, true],
    ['again too soon', { toAddress: 1, secondsSinceLast: most.confirmationAgainSeconds - 1 }, false],
    ['again later', { toAddress: 1, secondsSinceLast: most.confirmationAgainSeconds }, true],
    ['the last of a day', { toAddress: most.confirmationsPerAddress - 1 }, true],
    ['one more', { toAddress: most.confirmationsPerAddress }, false],
    ['the last of a network', { byNetwork: most.confirmationsPerNetwork - 1 }, true],
    ['one more of it', { byNetwork: most.confirmationsPerNetwork }, false],
    ['the last of a site', { onSite: most.confirmationsPerSite - 1 }, true],
    ['one more of it', { onSite: most.confirmationsPerSite }, false],
  ])('%s: %o', (_what, change, may) => {
    expect(mayAskForConfirmation({ ...none, ...change }, most, true)).toBe(may);
  });

  it('counts addresses while measuring, too, and no networks', () => {
    const many = { ...none, byNetwork: most.confirmationsPerNetwork, onSite: most.confirmationsPerSite };
    expect(mayAskForConfirmation(many, most, false)).toBe(true);
    expect(mayAskForConfirmation({ ...many, toAddress: most.confirmationsPerAddress }, most, false)).toBe(false);
  });
});

describe('languageOf', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['DE-ch', 'de'],
    ['nl, de;q=0.5, fr;q=0.8', 'fr'],
    ['es;q=0, de;q=0.1', 'de'],
    ['*', 'en'],
    [';;,,q=1', 'en'],
    ['fr;q=oops', 'fr'],
  ])('%j is answered in %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it('is the site’s where the browser names none of ours', () => {
    expect(languageOf('*', 'fr')).toBe('fr');
    expect(languageOf('de', 'fr')).toBe('de');
    expect(languageOf(undefined, 'nl')).toBe('en');
  });
});

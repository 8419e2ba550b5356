import { randomBytes } from 'node:crypto';
import { openSecret, sealSecret } from './sealed-secret.js';

describe('a sealed secret', () => {
  const key = randomBytes(32);
  const sealed = sealSecret(key, 'place', 'whsec_secret');

  it('opens with its key at its place, and says nothing', () => {
    expect(openSecret(key, 'place', sealed)).toBe('whsec_secret');
    expect(sealed.includes('secret')).toBe(false);
    expect(sealSecret(key, 'place', 'whsec_secret').equals(sealed)).toBe(false);
  });

  it('opens with no other key, at no other place, and not when it was changed', () => {
    const changed = Buffer.from(sealed);
    changed[changed.length - 1]! ^= 1;
    expect(openSecret(randomBytes(32), 'place', sealed)).toBeUndefined();
    expect(openSecret(key, 'elsewhere', sealed)).toBeUndefined();
    for (const wrong of [changed, sealed.subarray(0, 20), Buffer.alloc(0)]) {
      expect(openSecret(key, 'place', wrong)).toBeUndefined();
    }
  });
});

import { Secrets } from '../platform/secrets.js';
import { NetworkKeys, readerNetwork } from './network-keys.js';

describe('the network of a reader', () => {
  it.each([
    ['81.2.69.160', '81.2.69.160'],
    ['::ffff:81.2.69.160', '81.2.69.160'],
    ['2a02:8388:1:2:aaaa:bbbb:cccc:dddd', '2a02:8388:1:2'],
    ['2a02:8388:1:2::1', '2a02:8388:1:2'],
    ['2A02:8388:0001:0002:0:0:0:9', '2a02:8388:1:2'],
    ['2a02:8388:1:3::1', '2a02:8388:1:3'],
    ['127.0.0.1', null],
    ['::1', null],
    ['10.1.2.3', null],
    ['::ffff:192.168.0.7', null],
    ['100.64.0.9', null],
    ['fe80::1%eth0', null],
    ['nonsense', null],
    ['', null],
  ])('of %j is %j', (ip, network) => expect(readerNetwork(ip)).toBe(network));

  it('is kept as a hash that nobody can make without the key', () => {
    const [one, another] = [new NetworkKeys(new Secrets('one')), new NetworkKeys(new Secrets('another'))];
    const hash = one.of('81.2.69.160');
    expect(hash).toHaveLength(32);
    expect(one.of('::ffff:81.2.69.160')).toEqual(hash);
    expect(one.of('81.2.69.161')).not.toEqual(hash);
    expect(another.of('81.2.69.160')).not.toEqual(hash);
    expect(one.of('127.0.0.1')).toBeNull();
  });
});

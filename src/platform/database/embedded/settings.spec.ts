import { serverSettings, sharedBuffers } from './settings.js';

const GIBIBYTE = 2 ** 30;

describe('serverSettings', () => {
  it('is durable and listens on loopback alone', () => {
    expect(serverSettings(23_456)).toMatchObject({
      port: '23456',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
    });
  });

  it('lets the caller win', () => {
    expect(serverSettings(1, { fsync: 'off', work_mem: '8MB' })).toMatchObject({ fsync: 'off', work_mem: '8MB' });
  });

  it.each([
    [0.1, 32],
    [1, 128],
    [2, 256],
    [64, 256],
  ])('of %d GiB gives %d MiB to the shared buffers', (memory, buffers) => {
    expect(sharedBuffers(memory * GIBIBYTE)).toBe(buffers);
  });
});

import { Circuit } from './circuit.js';

describe('the circuit of an external service', () => {
  let now = 0;
  let circuit: Circuit;

  beforeEach(() => {
    now = 0;
    circuit = new Circuit(() => now);
  });

  const fail = (times: number) => {
    for (let n = 0; n < times; n++) if (circuit.admits()) circuit.failed();
  };

  it('admits until it has failed five times in a row', () => {
    fail(4);
    circuit.succeeded();
    fail(4);
    expect(circuit.admits()).toBe(true);
    circuit.failed();
    expect(circuit.admits()).toBe(false);
  });

  it('lets one try after half a minute, and goes by how that went', () => {
    fail(5);
    now = 29_999;
    expect(circuit.admits()).toBe(false);
    now = 30_000;
    expect([circuit.admits(), circuit.admits()]).toEqual([true, false]);
    circuit.failed();
    expect(circuit.admits()).toBe(false);
    now = 60_000;
    expect(circuit.admits()).toBe(true);
    circuit.succeeded();
    expect([circuit.admits(), circuit.admits()]).toEqual([true, true]);
  });
});

import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { validation } from './validation.js';

class Inner {
  @IsString()
  word: string;
}
class Outer {
  @IsOptional()
  @IsString()
  word?: string;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Inner)
  inner?: Inner[];
}

const read = (body: unknown, metatype?: new () => object) =>
  validation().transform(body, { type: 'body', ...(metatype ? { metatype } : {}) }) as Promise<unknown>;
const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;

describe('a body', () => {
  it('of the form that a class describes is read', async () => {
    await expect(read({ word: 'a', inner: [{ word: 'b' }] }, Outer)).resolves.toEqual({
      word: 'a',
      inner: [{ word: 'b' }],
    });
  });

  it('that is nested to fill the stack is refused, whatever its class', async () => {
    const refusal = { kind: 'invalid', message: 'It is nested more than 64 deep.' };
    await expect(read({ word: nested(100_000) }, Outer)).rejects.toMatchObject(refusal);
    await expect(read(nested(100_000), Outer)).rejects.toMatchObject(refusal);
    await expect(read([{ creator: nested(100_000) }])).rejects.toMatchObject(refusal);
  });

  it('with more fields than any class has is refused at once', async () => {
    const fields = Object.fromEntries(Array.from({ length: 80_000 }, (_, n) => [`k${n}`, 1]));
    const begun = performance.now();
    await expect(read(fields, Outer)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(read({ inner: [fields] }, Outer)).rejects.toMatchObject({ kind: 'invalid' });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

import { Param, type PipeTransform } from '@nestjs/common';
import { notFound } from '../errors.js';
import { isUuid } from './cursor.js';

/** A path parameter that is an id. What is no UUID is the id of nothing: 404. */
export function UuidParam(name: string, what: string): ParameterDecorator {
  return Param(name, new IdPipe(what));
}

class IdPipe implements PipeTransform<string, string> {
  constructor(private readonly what: string) {}

  transform(value: string): string {
    const id = value.toLowerCase();
    if (!isUuid(id)) throw notFound(this.what);
    return id;
  }
}

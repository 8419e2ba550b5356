import { request, type Answer, type Call } from '../support/http.js';
import { committed, Schemas, type ApiDocument } from './documents.js';

export interface ContractCall extends Call {
  params?: Record<string, string>;
  /** Expected. */
  status?: number;
}

/** Calls the API by the paths of its document, and holds each answer against what is written there. */
export class ContractClient {
  readonly document: ApiDocument = committed('openapi');
  private readonly schemas = new Schemas(this.document);
  /** Operations that answered as they should. */
  readonly succeeded = new Set<string>();

  constructor(private readonly address: string) {}

  async call<T>(method: string, path: string, { params = {}, status = 200, ...rest }: ContractCall = {}): Promise<T> {
    const operation = this.document.paths[path]?.[method.toLowerCase()];
    if (!operation) throw new Error(`${method} ${path} is not in the document`);
    const target = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const answer = await request<T>(this.address, target, { method, ...rest });
    const where = `${method} ${target}: ${answer.status} ${answer.text.slice(0, 1_000)}`;
    if (answer.status !== status) throw new Error(`expected ${status}: ${where}`);
    const problem = this.problem(operation.responses, answer);
    if (problem !== undefined) throw new Error(`${problem}\n${where}`);
    if (status < 300) this.succeeded.add(`${method} ${path}`);
    return answer.body;
  }

  private problem(responses: ApiDocument['paths'][string][string]['responses'], answer: Answer<unknown>) {
    const response = responses[String(answer.status)] ?? (answer.status >= 400 ? responses['default'] : undefined);
    if (!response) return `the status ${answer.status} is not in the document`;
    const type = answer.headers.get('content-type')?.split(';')[0];
    const content = response.content;
    if (!content) return answer.text === '' ? undefined : 'the document says that there is no body';
    const schema = content[type ?? '']?.schema;
    return schema
      ? this.schemas.problems(schema, answer.body ?? answer.text)
      : `the type ${type} is not in the document`;
  }
}

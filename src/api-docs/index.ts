export { registerApiDocs } from './register-api-docs.js';
export { createAsyncApi } from './asyncapi.js';
export { createOpenApi } from './openapi.js';

import { PageParameters } from '../../platform/http/page.request.js';

/** A page of what was decided about me. */
export class MyDecisionsQuery extends PageParameters {}

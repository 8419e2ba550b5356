import { CommentWordsProjection } from './comment-words.projection.js';
import { IndexWords } from './index-words.js';
import { SearchComments } from './search-comments.js';
import { SearchController } from './search.controller.js';

/** Of the moderation module. */
export const SEARCH_CONTROLLERS = [SearchController];
export const SEARCH_PROVIDERS = [SearchComments, CommentWordsProjection, IndexWords];

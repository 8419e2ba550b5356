/**
 * What a kind looks at beside the text, and posting has to ask the database for. Nothing is asked for that no live rule
 * of the site needs.
 */
export type Need = 'published' | 'decided' | 'posted' | 'texts';

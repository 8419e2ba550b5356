/** Ships without types. Words by language, ISO 639-1 codes and a few longer ones. */
declare module 'naughty-words' {
  const lists: Readonly<Record<string, readonly string[]>>;
  export default lists;
}

/**
 * SHA-256 of a text's UTF-8 in hex, as the hashes of revisions are. Null where the browser gives pages no cryptography (http,
 * but for localhost): then it can't be told whether the page shows a revision's text, and nothing may be taken for equal.
 */
export async function sha256Hex(text: string): Promise<string | null> {
  // Typed as always there, but undefined outside of secure contexts.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return null;
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

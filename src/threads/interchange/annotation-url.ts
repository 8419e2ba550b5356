/** The address of one annotation, which is its id. */
export function annotationUrl(publicUrl: string, id: string): string {
  return `${publicUrl}/api/v1/annotations/${id}`;
}

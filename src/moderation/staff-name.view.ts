/** A person of the staff. */
export class StaffNameView {
  id: string;
  name: string;
}

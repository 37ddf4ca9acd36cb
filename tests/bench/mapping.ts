type Contact = {
  readonly name?: string;
  readonly emails?: readonly { readonly value: string }[];
  readonly email?: string | null;
  readonly phones?: readonly { readonly value: string }[];
  readonly first_name?: string;
  readonly last_name?: string;
  readonly birthday?: string | null;
  readonly position?: string | null;
  readonly address?: { readonly city?: string } | null;
};

/** The eight fields of the benchmark as a person would write them by hand. */
export function mapByHand(record: Readonly<Record<string, never>>) {
  const contact = record as Contact;
  return {
    name: contact.name ?? null,
    email: contact.email?.toLowerCase() ?? null,
    position: `${contact.first_name ?? ''} ${contact.last_name ?? ''}`,
    phone: contact.phones?.[0]?.value.replace(/\D/g, '') ?? null,
    birthday: contact.birthday?.slice(0, 10) ?? null,
    owner: 'u1',
    first_name: contact.position == null ? 'none' : 'some',
    last_name: contact.address?.city ?? null,
  };
}

/** The same eight fields in the pipeline's own language: rename, lower case, join, digits, date, constant, conditional, nested. */
export const mapInYaml = `
      name: name
      email: { expr: "lower(record.email)", default: null }
      position: { expr: "join([default(record.first_name, ''), default(record.last_name, '')], ' ')" }
      phone: { expr: "digits(record.phones[0].value)", default: null }
      birthday: { from: birthday, as: date }
      owner: { value: u1 }
      first_name: { expr: "record.position == null ? 'none' : 'some'", default: none }
      last_name: { from: address.city }`;

/** A row of the CSV work, mapped by hand: every column is text, an empty one is null. */
export function mapRowByHand(row: Readonly<Record<string, string>>) {
  return {
    id: row.id,
    name: row.name,
    email: row.email?.toLowerCase() ?? null,
    position: `${row.first_name ?? ''} ${row.last_name ?? ''}`,
    phone: row.phone?.replace(/\D/g, '') ?? null,
    birthday: row.birthday?.slice(0, 10) ?? null,
    owner: 'u1',
    kind: row.position ? 'some' : 'none',
    city: row.city,
  };
}

export const csvMapInYaml = `
      id: id
      name: name
      email: { expr: "lower(record.email)", default: null }
      position: { expr: "join([default(record.first_name, ''), default(record.last_name, '')], ' ')" }
      phone: { expr: "digits(record.phone)", default: null }
      birthday: { from: birthday, as: date }
      owner: { value: u1 }
      kind: { expr: "default(record.position, '') == '' ? 'none' : 'some'" }
      city: city`;

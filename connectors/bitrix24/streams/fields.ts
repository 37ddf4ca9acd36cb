import type { FieldDeclaration, FieldType } from '../../kit/index.js';

const yesNo = [
  { value: 'Y', title: 'Yes' },
  { value: 'N', title: 'No' },
];

/** `flag`: the vendor's Y or N. */
type Written = FieldType | 'flag';

/** Fields from lines `NAME type Title`; a `!` before the name marks what only the portal sets, `*` what it needs. */
export function fieldsOf(lines: string): FieldDeclaration[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [, mark = '', name = '', type = '', title = ''] = /^\s*([!*]?)(\S+) (\S+) (.+)$/.exec(line) ?? [];
      return {
        name,
        ...typed(type as Written),
        title,
        ...(mark === '!' && { isReadOnly: true }),
        ...(mark === '*' && { isRequired: true }),
      };
    });
}

function typed(type: Written): Pick<FieldDeclaration, 'type' | 'of' | 'values' | 'fields'> {
  if (type === 'flag') return { type: 'text', values: yesNo };
  if (type === 'list') return { type: 'list', of: 'text' };
  return { type };
}

/** Phones, e-mails and other addresses: lists of `{ ID, VALUE_TYPE, VALUE }`. */
export const communications: readonly FieldDeclaration[] = (
  [
    ['PHONE', 'phone', 'Phones'],
    ['EMAIL', 'email', 'E-mails'],
    ['WEB', 'text', 'Sites'],
    ['IM', 'text', 'Messengers'],
    ['LINK', 'text', 'Links'],
  ] as const
).map(([name, type, title]) => ({
  name,
  type: 'list',
  of: 'object',
  title,
  fields: [
    { name: 'ID', type: 'text', isReadOnly: true },
    { name: 'VALUE_TYPE', type: 'text', title: 'Kind' },
    { name: 'VALUE', type, title: 'Value' },
    { name: 'TYPE_ID', type: 'text', isReadOnly: true },
  ],
}));

export const productRows: FieldDeclaration = {
  name: 'PRODUCT_ROWS',
  type: 'list',
  of: 'object',
  title: 'Product rows, replaced as a whole',
  fields: fieldsOf(`
    productId text Product
    productName text Name
    price money Price with discounts and taxes
    quantity decimal Quantity
    discountTypeId text Kind of discount, 1 sum or 2 per cent
    discountRate decimal Discount in per cent
    discountSum money Discount
    taxRate decimal Tax in per cent
    taxIncluded flag Tax is in the price
    measureCode text Unit
    sort integer Order`),
};

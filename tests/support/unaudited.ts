/** Changes that leave no line in the audit log, each with its reason. */
export const unaudited: Readonly<Record<string, string>> = {
  checkDefinition: 'changes nothing: it judges a text',
  checkField: 'stores nothing; its look into the connected account has a line of its own, `connection.looked_into`',
  sendConfirmation: 'sends once more the letter of a registration that has its line; limits count it',
  switchAccount: 'chooses which of their accounts a page shows first',
};

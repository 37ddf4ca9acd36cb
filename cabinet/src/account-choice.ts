const name = 'pipewright-account';

/** The account that the pages show; kept for this tab, so that two tabs may show two accounts. */
export function chosenAccount(): string | null {
  return sessionStorage.getItem(name);
}

export function chooseAccount(id: string | null): void {
  if (id === null) sessionStorage.removeItem(name);
  else sessionStorage.setItem(name, id);
}

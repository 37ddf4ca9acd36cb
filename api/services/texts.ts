/** Of texts by language: the asked one, else the English one, else the first. */
export function inLanguage<Text>(texts: Readonly<Record<string, Text>>, language: string): Text {
  const found = texts[language] ?? texts.en ?? Object.values(texts)[0];
  if (found === undefined) throw new Error('a text in no language');
  return found;
}

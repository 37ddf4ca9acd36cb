import enAccount from './account/en.json';
import plAccount from './account/pl.json';
import roAccount from './account/ro.json';
import ruAccount from './account/ru.json';
import ukAccount from './account/uk.json';
import en from './common/en.json';
import pl from './common/pl.json';
import ro from './common/ro.json';
import ru from './common/ru.json';
import uk from './common/uk.json';
import enWork from './work/en.json';
import plWork from './work/pl.json';
import roWork from './work/ro.json';
import ruWork from './work/ru.json';
import ukWork from './work/uk.json';

/** All words of the pages, by language; the three files of a language hold different first names. */
export const words = {
  en: { translation: { ...en, ...enWork, ...enAccount } },
  ru: { translation: { ...ru, ...ruWork, ...ruAccount } },
  uk: { translation: { ...uk, ...ukWork, ...ukAccount } },
  pl: { translation: { ...pl, ...plWork, ...plAccount } },
  ro: { translation: { ...ro, ...roWork, ...roAccount } },
};

import { de } from "./languages/de.ts";
import { en } from "./languages/en.ts";
import { es } from "./languages/es.ts";
import { fr } from "./languages/fr.ts";
import { id } from "./languages/id.ts";
import { it } from "./languages/it.ts";
import { ja } from "./languages/ja.ts";
import { ko } from "./languages/ko.ts";
import { ptBr } from "./languages/pt-br.ts";
import { zhCn } from "./languages/zh-cn.ts";
import { zhTw } from "./languages/zh-tw.ts";
import type { Strings } from "./strings.ts";

/** Those that AWS's managed login speaks (developer guide, "Managed login localization"). */
const languages: Readonly<Record<string, Strings>> = {
  de,
  en,
  es,
  fr,
  id,
  it,
  ja,
  ko,
  "pt-BR": ptBr,
  "zh-CN": zhCn,
  "zh-TW": zhTw,
};

const byKey = new Map(Object.keys(languages).map((tag) => [tag.toLowerCase(), tag]));

export interface Language {
  /** Of BCP 47. */
  readonly tag: string;
  readonly strings: Strings;
}

/** AWS's name for the cookie that remembers the choice. */
export const languageCookieName = "lang";

/** The first of these that pages speak; English where they speak none. */
export function chooseLanguage(...wanted: readonly (string | undefined)[]): Language {
  for (const given of wanted) {
    const tag = byKey.get((given ?? "").toLowerCase());
    const strings = tag === undefined ? undefined : languages[tag];
    if (tag !== undefined && strings !== undefined) return { tag, strings };
  }
  return { tag: "en", strings: en };
}

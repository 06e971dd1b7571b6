// Entry of pages without a map: their language, and tables that can be sorted.

import { applyLanguage, preferredLanguage } from "./language.js";
import { makeSortable } from "./sort.js";

makeSortable();
applyLanguage(preferredLanguage());
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => applyLanguage(button.dataset.language));
}
document.documentElement.classList.add("has-script");

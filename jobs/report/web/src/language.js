// English and French: which one shows, and how numbers are written.

const THIN = "\u202f";

export function preferredLanguage() {
  const wanted = location.hash.slice(1) || navigator.language || "en";
  return wanted.toLowerCase().startsWith("fr") ? "fr" : "en";
}

export function applyLanguage(language) {
  document.documentElement.lang = language;
  for (const [data, name] of [["label", "aria-label"], ["title", "title"]]) {
    for (const element of document.querySelectorAll(`[data-${data}-en]`)) {
      element.setAttribute(name, element.getAttribute(`data-${data}-${language}`));
    }
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}

/** Write a number with thin spaces between thousands; a missing one is a dash. */
export function number(value, language, decimals = 0, isSigned = false) {
  if (value === null || value === undefined) return "–";
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/(\d)(?=(\d{3})+$)/g, `$1${THIN}`);
  const rounded = Number(value.toFixed(decimals));
  const sign = rounded < 0 ? "−" : isSigned && rounded > 0 ? "+" : "";
  return sign + grouped + (fraction ? (language === "fr" ? "," : ".") + fraction : "");
}

export function percent(share, language) {
  return `${number(100 * share, language)}${THIN}%`;
}

// English and French: which one shows, and how numbers are written.

const THIN = "\u202f";

export function preferredLanguage() {
  const wanted = location.hash.slice(1) || navigator.language || "en";
  return wanted.toLowerCase().startsWith("fr") ? "fr" : "en";
}

export function applyLanguage(language) {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-label-en]")) {
    element.setAttribute("aria-label", element.getAttribute(`data-label-${language}`));
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}

/** Write a number with thin spaces between thousands; a missing one is a dash. */
export function number(value, language, decimals = 0) {
  if (value === null || value === undefined) return "–";
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/(\d)(?=(\d{3})+$)/g, `$1${THIN}`);
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? "−" : "";
  return sign + grouped + (fraction ? (language === "fr" ? "," : ".") + fraction : "");
}

export function percent(share, language) {
  return `${number(100 * share, language)}${THIN}%`;
}

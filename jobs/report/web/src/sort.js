// Tables that readers can sort: the heading of a column is a button; a second press turns the order round.

const ASKS = { en: "sort", fr: "trier" };

export function makeSortable() {
  for (const table of document.querySelectorAll("table.sortable")) {
    for (const heading of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      for (const [language, ask] of Object.entries(ASKS)) button.setAttribute(`data-title-${language}`, ask);
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sortBy(table, heading));
      heading.append(button);
    }
  }
}

function sortBy(table, heading) {
  const direction = heading.getAttribute("aria-sort") === "descending" ? "ascending" : "descending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", direction);
  const sign = direction === "ascending" ? 1 : -1;
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, key: keyOf(row.cells[heading.cellIndex]) }));
  rows.sort((a, b) => sign * compare(a.key, b.key, sign));
  table.tBodies[0].append(...rows.map(({ row }) => row));
}

// What is missing comes last in either order.
function compare(a, b, sign) {
  if (a === null || b === null) return a === b ? 0 : a === null ? sign : -sign;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), document.documentElement.lang, { numeric: true });
}

// Of a pair "before → after" the last number counts; of a range the first.
function keyOf(cell) {
  const text = shownText(cell).split("→").at(-1).trim();
  if (text === "–" || text === "") return null;
  const plain = text.replace(/[\u202f\s]/g, "").replace("−", "-").replace(",", ".");
  const found = /^[±+]?(-?\d+(?:\.\d+)?)/.exec(plain);
  return found && !cell.matches("th") ? Number(found[1]) : text;
}

function shownText(cell) {
  const other = document.documentElement.lang === "fr" ? "en" : "fr";
  const copy = cell.cloneNode(true);
  for (const hidden of copy.querySelectorAll(`[lang="${other}"], [hidden], small`)) hidden.remove();
  return copy.textContent;
}

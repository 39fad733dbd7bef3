// Building elements. Words always go in as text, never as markup.

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const ADDRESS = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)]/gu;

// Marks that not every computer has a picture for; ours look the same everywhere.
const MARK = /[🕓🔴✅🚫☑]\uFE0F?/gu;
const MARKS = { "🕓": "waits", "🔴": "late", "✅": "good", "🚫": "stop", "☑": "done" };

// Appends a text in which addresses can be followed.
export function appendText(parent, text) {
  split(text, ADDRESS, (words) => appendMarked(parent, words), (address) => parent.append(link(address)));
}

function appendMarked(parent, text) {
  split(text, MARK, (words) => parent.append(words), (mark) => parent.append(markOf(mark)));
}

function split(text, pattern, between, found) {
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) between(text.slice(from, match.index));
    found(match[0]);
    from = match.index + match[0].length;
  }
  if (from < text.length) between(text.slice(from));
}

function markOf(emoji) {
  const name = MARKS[[...emoji][0]];
  const mark = icon(`mark-${name === "done" ? "good" : name}`);
  mark.setAttribute("class", `mark ${name}`);
  return mark;
}

export function link(address, text = address) {
  const anchor = element("a", "", text);
  const url = new URL(address);
  if (url.pathname === "/demo" && url.hash.startsWith("#/")) {
    anchor.href = url.hash;
    if (text === address) anchor.textContent = "открыть диалог";
  } else {
    anchor.href = address;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
  }
  return anchor;
}

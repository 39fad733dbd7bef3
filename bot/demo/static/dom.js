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

const ADDRESS = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)]/g;

// Appends a text in which addresses can be followed.
export function appendText(parent, text) {
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    parent.append(text.slice(from, match.index), link(match[0]));
    from = match.index + match[0].length;
  }
  parent.append(text.slice(from));
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

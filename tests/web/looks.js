// What a careful reader of a page would complain about: run in the page, returns a list of sentences.
() => {
  const complaints = [];
  const seen = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const light = (rgb) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
      const part = rgb[i] / 255;
      return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !seen(element) || element.closest("svg, noscript, option")) continue;
    const style = getComputedStyle(element);
    const [ink, paper] = [light(parse(style.color)), light(ground(element))];
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (contrast < 4.5) complaints.push(`contrast ${contrast.toFixed(2)}: ${element.textContent.trim().slice(0, 40)}`);
    if (parseFloat(style.fontSize) < 12) complaints.push(`small: ${element.textContent.trim().slice(0, 40)}`);
  }
  for (const text of document.querySelectorAll("svg text")) {
    const [ink, paper] = [light(parse(getComputedStyle(text).fill)), light(ground(text.closest("section")))];
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (contrast < 4.5) complaints.push(`contrast ${contrast.toFixed(2)} in a picture: ${text.textContent}`);
  }
  if (!document.documentElement.lang) complaints.push("no language");
  if (!document.title) complaints.push("no title");
  if (document.querySelectorAll("h1").length !== 1) complaints.push("not one h1");
  if (document.querySelectorAll("main").length !== 1) complaints.push("not one main");
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const now = Number(heading.tagName[1]);
    if (now > level + 1) complaints.push(`heading jumps: ${heading.textContent}`);
    level = now;
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption?.textContent.trim()) complaints.push("a table without a caption");
    for (const cell of table.querySelectorAll("th")) if (!cell.scope) complaints.push(`no scope: ${cell.textContent}`);
  }
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!field.labels?.length && !field.ariaLabel) complaints.push(`a field without a label: ${field.name}`);
  for (const control of document.querySelectorAll("a, button, summary"))
    if (!control.textContent.trim() && !control.ariaLabel) complaints.push(`nothing to read out: ${control.outerHTML}`);
  for (const picture of document.querySelectorAll("svg, img"))
    if (!picture.ariaHidden && !picture.getAttribute("aria-label") && !picture.alt) complaints.push("a picture without words");
  for (const named of document.querySelectorAll("[aria-labelledby]"))
    if (!document.getElementById(named.getAttribute("aria-labelledby"))) complaints.push("labelled by nothing");
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) complaints.push("an id twice");
  if (document.documentElement.scrollWidth > innerWidth) complaints.push("scrolls sideways");
  for (const tile of document.querySelectorAll(".tile, .queue, .more"))
    if (tile.scrollWidth > tile.clientWidth) complaints.push(`wider than its frame: ${tile.textContent.trim().slice(0, 40)}`);
  for (const control of document.querySelectorAll("button, .periods a, .pager a, .downloads a, summary"))
    if (seen(control) && control.getBoundingClientRect().height < 24) complaints.push(`too small to press: ${control.textContent}`);
  return complaints;
};

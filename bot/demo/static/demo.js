// The page: builds the panes, follows the changes, keeps figures, tabs and tour.

import { follow, get, post } from "./api.js";
import { element, icon } from "./dom.js";
import { Pane } from "./pane.js";
import { Scenarios } from "./scenarios.js";
import { Tour } from "./tour.js";
import { duration, fullTime, share } from "./words.js";

const isPhone = matchMedia("(max-width: 759px)");
const panes = [];
const tabs = new Map();
let shown = null;
let aheadOfUs = 0;

const page = {
  onSaid: (pane, words) => tour.said(pane, words),
  onUnread: drawTabs,
  showPicture,
  places: [],
  signs: [],
};
const tour = new Tour(document.querySelector("#tour"), (id) => focusPane(paneOf(id)));

async function start() {
  const town = await get("town");
  Object.assign(page, { places: town.places, signs: town.signs });
  for (const about of town.panes) panes.push(new Pane(about, page));
  shown = panes[0];
  document.querySelector("#panes").append(...panes.map((pane) => pane.node));
  document.querySelector("#tabs").append(...panes.map(makeTab));
  arrange();
  isPhone.addEventListener("change", arrange);
  addEventListener("hashchange", goToHash);
  for (const button of document.querySelectorAll("[data-ahead]")) {
    button.addEventListener("click", () => pushClock(button));
  }
  new Scenarios(document.querySelector("#scenarios"), document.querySelector("#try"), { onStart: goTo, onProblem: (words) => shown.tell(words) });
  setInterval(drawNow, 5000);
  setInterval(drawFigures, 30000);
  follow(take, (isConnected) => (document.querySelector("#offline").hidden = isConnected));
}

function take(changes, isFirst) {
  setNow(changes.now);
  for (const pane of panes) {
    if (pane.update(changes, isFirst) && !isFirst) tour.heard(pane);
  }
  if (isFirst) {
    document.body.classList.add("ready");
    goToHash();
  }
  soonFigures();
}

// Figures are counted anew shortly after the last change.
let figuresTimer = 0;
function soonFigures() {
  clearTimeout(figuresTimer);
  figuresTimer = setTimeout(drawFigures, 400);
}

async function drawFigures() {
  try {
    const figures = await get("figures");
    setNow(figures.now);
    write("#figure-open", String(figures.open));
    write("#figure-overdue", String(figures.overdue));
    write("#figure-in-time", share(figures.in_time_share));
    write("#figure-median", duration(figures.median_seconds));
    document.querySelector("#figure-overdue").parentElement.classList.toggle("bad", figures.overdue > 0);
  } catch {
    // The strip keeps its last figures; `follow` tells that the program does not answer.
  }
}

function write(selector, words) {
  const node = document.querySelector(selector);
  if (node.textContent === words) return;
  node.textContent = words;
  node.classList.remove("changed");
  requestAnimationFrame(() => node.classList.add("changed"));
}

function setNow(now) {
  aheadOfUs = new Date(now).getTime() - Date.now();
  drawNow();
}

function drawNow() {
  const moment = new Date(Date.now() + aheadOfUs);
  const node = document.querySelector("#now");
  node.textContent = fullTime(moment);
  node.dateTime = moment.toISOString();
}

async function pushClock(button) {
  button.disabled = true;
  try {
    setNow((await post("clock", { minutes: Number(button.dataset.ahead) })).now);
    soonFigures();
  } catch (error) {
    shown.tell(error.message);
  } finally {
    button.disabled = false;
  }
}

function makeTab(pane) {
  const tab = element("button", "tab");
  tab.type = "button";
  tab.id = `tab-${pane.about.id}`;
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", pane.node.id);
  const name = pane.node.querySelector(".pane-role use").getAttribute("href").slice(3);
  tab.append(icon(name), element("span", "tab-name", pane.about.tab), element("span", "tab-badge"));
  tab.addEventListener("click", () => show(pane));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = panes[(panes.indexOf(pane) + step + panes.length) % panes.length];
    show(next);
    tabs.get(next).focus();
  });
  tabs.set(pane, tab);
  return tab;
}

// On a phone one pane is shown under tabs; on a desk all of them stand side by side.
function arrange() {
  const bar = document.querySelector("#tabs");
  if (isPhone.matches) bar.setAttribute("role", "tablist");
  else bar.removeAttribute("role");
  bar.setAttribute("aria-label", "Кого вы играете");
  for (const pane of panes) pane.node.setAttribute("role", isPhone.matches ? "tabpanel" : "region");
  show(shown);
}

function show(pane) {
  shown = pane;
  for (const one of panes) {
    const isShown = one === pane;
    one.node.classList.toggle("shown", isShown);
    const tab = tabs.get(one);
    tab.setAttribute("aria-selected", String(isShown));
    tab.tabIndex = isShown ? 0 : -1;
    one.setVisible(!isPhone.matches || isShown);
  }
  drawTabs();
}

function drawTabs() {
  for (const [pane, tab] of tabs) {
    const count = pane.unreadTotal;
    const badge = tab.querySelector(".tab-badge");
    badge.textContent = count ? String(count) : "";
    badge.hidden = !count;
    tab.setAttribute("aria-label", count ? `${pane.about.title}, непрочитанных: ${count}` : pane.about.title);
  }
}

const paneOf = (id) => panes.find((pane) => pane.about.id === id);

function focusPane(pane) {
  show(pane);
  pane.node.scrollIntoView({ inline: "center", block: "nearest" });
  pane.node.classList.remove("called");
  requestAnimationFrame(() => pane.node.classList.add("called"));
  pane.composer.field.focus({ preventScroll: true });
}

// Shows where a scenario is played, with its words ready to be sent.
function goTo({ pane: id, chat, shape, words }) {
  const pane = paneOf(id);
  if (chat) pane.open(pane.keyOf(chat, shape ?? pane.chat.shape));
  focusPane(pane);
  if (words) {
    pane.composer.leave();
    pane.composer.fill(words);
  }
}

// A link `#/vk/COMMUNITY/CHAT/MESSAGE` from a card opens that conversation at that message.
function goToHash() {
  const parts = decodeURIComponent(location.hash).split("/");
  if (parts.length < 4 || parts[0] !== "#") return;
  history.replaceState(null, "", location.pathname);
  const key = parts.slice(1, 4).join("/");
  const pane = panes.find((one) => one.has(key));
  if (!pane) {
    shown.tell("Это диалог из истории: его житель на площадке не играет");
    return;
  }
  show(pane);
  pane.open(key);
  pane.node.scrollIntoView({ inline: "center", block: "nearest" });
  if (parts[4]) pane.log.point(parts[4]);
}

const viewer = document.querySelector("#viewer");
viewer.addEventListener("click", () => viewer.close());

function showPicture(file) {
  const image = viewer.querySelector("img");
  image.src = file.url;
  image.alt = file.name;
  viewer.showModal();
}

start();

// A small menu beside a button: rows of words, or a row of reactions. Escape or a click elsewhere closes it.

import { element } from "./dom.js";

// `entries`: [{ says, act }] or { signs: [..], onSign(sign) }; `label` names the menu for those who do not see it.
export function openMenu(anchor, label, entries, signs = null) {
  const menu = element("div", "menu");
  menu.popover = "auto";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", label);
  const close = () => menu.hidePopover();
  if (signs) menu.append(signRow(signs, close));
  for (const entry of entries) {
    const item = element("button", "menu-item", entry.says);
    item.type = "button";
    item.setAttribute("role", "menuitem");
    item.addEventListener("click", () => {
      close();
      entry.act();
    });
    menu.append(item);
  }
  menu.addEventListener("toggle", (event) => event.newState === "closed" && menu.remove());
  menu.addEventListener("keydown", walk);
  document.body.append(menu);
  menu.showPopover();
  stand(menu, anchor);
  menu.querySelector("button")?.focus();
}

function signRow({ list, onSign }, close) {
  const row = element("div", "menu-signs");
  for (const sign of list) {
    const button = element("button", "menu-sign", sign);
    button.type = "button";
    button.setAttribute("role", "menuitem");
    button.setAttribute("aria-label", `Реакция ${sign}`);
    button.addEventListener("click", () => {
      close();
      onSign(sign);
    });
    row.append(button);
  }
  return row;
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
  buttons[next].focus();
}

// Beside the anchor, and within the window.
function stand(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4 + height < innerHeight;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - height - 4)}px`;
}

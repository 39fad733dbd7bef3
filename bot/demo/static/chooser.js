// The controls of a pane that are filled once: which dialogue, where to write, ready-made words.

import { element } from "./dom.js";

const SHAPES = { private: "Сообщения", comments: "Запись" };

// One entry for each title, under the headings that the conversations name.
export function fillChooser(select, chats) {
  const groups = new Map();
  for (const title of new Set(chats.map((chat) => chat.title))) {
    const heading = chats.find((chat) => chat.title === title).group;
    const option = element("option", "", title);
    option.value = title;
    if (heading && !groups.has(heading)) {
      const group = element("optgroup");
      group.label = heading;
      groups.set(heading, group);
      select.append(group);
    }
    (groups.get(heading) ?? select).append(option);
  }
  return select.options.length;
}

export function fillShapes(line, chats, onChoose) {
  const shapes = [...new Set(chats.map((chat) => chat.shape))];
  line.hidden = shapes.length < 2;
  for (const shape of shapes) {
    const button = element("button", "shape", SHAPES[shape]);
    button.type = "button";
    button.dataset.shape = shape;
    button.addEventListener("click", () => onChoose(shape));
    line.append(button);
  }
}

export function fillShortcuts(line, shortcuts, onSay) {
  for (const shortcut of shortcuts.filter((one) => !one.is_link)) {
    const button = element("button", "shortcut", shortcut.says);
    button.type = "button";
    button.title = shortcut.text;
    button.dataset.says = shortcut.text;
    button.addEventListener("click", () => onSay(shortcut.text));
    line.append(button);
  }
  const links = shortcuts.filter((one) => one.is_link);
  if (links.length) line.append(linkSelect(links, onSay));
  line.hidden = !line.childElementCount;
}

function linkSelect(links, onSay) {
  const select = element("select", "shortcut");
  select.setAttribute("aria-label", "Прийти по ссылке учреждения");
  select.append(element("option", "", "По ссылке"));
  for (const shortcut of links) {
    const option = element("option", "", shortcut.says);
    option.value = shortcut.text;
    select.append(option);
  }
  select.addEventListener("change", () => {
    if (select.selectedIndex) onSay(select.value);
    select.selectedIndex = 0;
  });
  return select;
}

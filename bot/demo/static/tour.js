// The strip that says what to try next; a step is ticked when it has been done.

import { element, icon } from "./dom.js";

const STEPS = [
  { says: "Напишите как житель", pane: "vk-citizen" },
  { says: "Ответьте на карточку", pane: "telegram-team" },
  { says: "Прочитайте ответ как житель", pane: "vk-citizen" },
  { says: "Попросите отчёт", pane: "supervisor" },
];

export class Tour {
  constructor(list, onStep) {
    this.list = list;
    this.done = new Set();
    this.panes = STEPS.map((step) => step.pane);
    list.append(
      ...STEPS.map((step, index) => {
        const item = element("li");
        const button = element("button", "step");
        button.type = "button";
        button.append(element("span", "step-number", String(index + 1)), element("span", "step-says", step.says));
        button.addEventListener("click", () => onStep(this.panes[index]));
        item.append(button);
        return item;
      }),
    );
    list.append(element("li", "tour-end", "Готово. Теперь попробуйте комментарий под записью и картинку."));
    this.draw();
  }

  // A person has said something in a pane.
  said(pane, words) {
    const isCitizen = pane.about.id.endsWith("-citizen");
    const isTeam = pane.about.id.endsWith("-team");
    if (isCitizen && !words.text.startsWith("/")) {
      this.panes[0] = this.panes[2] = pane.about.id;
      this.finish(0);
    }
    if (isTeam && words.reply_to && !words.text.startsWith("//") && !words.text.startsWith("/")) this.finish(1);
    if (words.text.startsWith("/report")) this.finish(3);
  }

  // New words have come to a pane.
  heard(pane) {
    if (pane.about.id.endsWith("-team") && this.done.has(0) && !this.done.has(1)) this.panes[1] = pane.about.id;
    if (pane.about.id === this.panes[2] && this.done.has(1)) this.finish(2);
    this.draw();
  }

  finish(index) {
    this.done.add(index);
    this.draw();
  }

  draw() {
    const next = STEPS.findIndex((_, index) => !this.done.has(index));
    this.list.querySelector(".tour-end").hidden = next >= 0;
    STEPS.forEach((_, index) => {
      const item = this.list.children[index];
      const isDone = this.done.has(index);
      item.classList.toggle("done", isDone);
      item.classList.toggle("next", index === next);
      const number = item.querySelector(".step-number");
      number.replaceChildren(isDone ? icon("check") : String(index + 1));
      item.querySelector("button").setAttribute("aria-current", index === next ? "step" : "false");
    });
  }
}

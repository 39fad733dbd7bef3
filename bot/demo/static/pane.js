// One column: one person's phone with its conversations.

import { post } from "./api.js";
import { avatar, bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { element } from "./dom.js";
import { dayName } from "./words.js";

const ICONS = { "vk-citizen": "person", "telegram-citizen": "person", "telegram-team": "team", "vk-team": "team", supervisor: "chart" };
const SHAPES = { private: "Сообщения", comments: "Запись" };
const PLACEHOLDERS = { private: "Сообщение", group: "Ответ", comments: "Комментарий" };

export class Pane {
  // `page`: { onSaid(pane, words), onUnread(), showPicture(file) }
  constructor(about, page) {
    this.about = about;
    this.page = page;
    this.messages = new Map(about.chats.map((chat) => [chat.key, []]));
    this.seen = new Map(about.chats.map((chat) => [chat.key, 0]));
    this.isVisible = true;
    this.node = document.querySelector("#pane-template").content.firstElementChild.cloneNode(true);
    this.log = this.find(".log");
    this.chat = about.chats[0];
    this.fill();
    this.composer = new Composer(this.find(".composer"), {
      onSend: (words) => this.say(words),
      onProblem: (problem) => this.tell(problem),
    });
    this.listen();
    this.open(this.chat.key);
  }

  find(selector) {
    return this.node.querySelector(selector);
  }

  fill() {
    const { about, node } = this;
    node.id = `pane-${about.id}`;
    node.classList.add(about.channel, about.id);
    this.find("h2").textContent = about.title;
    this.find("h2").id = `title-${about.id}`;
    node.setAttribute("aria-labelledby", `title-${about.id}`);
    this.find(".pane-person").textContent = `Вы – ${about.person.name}`;
    this.find(".pane-role use").setAttribute("href", `#i-${ICONS[about.id] ?? "person"}`);
    this.find(".pane-hint").textContent = about.hint;
    this.fillChooser();
    this.fillShapes();
    this.fillShortcuts();
  }

  fillChooser() {
    const select = this.find("select");
    const titles = [...new Set(this.about.chats.map((chat) => chat.title))];
    this.find(".chooser").hidden = titles.length < 2;
    this.find(".chat-title").hidden = titles.length > 1;
    const groups = new Map();
    for (const title of titles) {
      const chat = this.about.chats.find((one) => one.title === title);
      const option = element("option", "", title);
      option.value = title;
      if (!chat.group) {
        select.append(option);
        continue;
      }
      if (!groups.has(chat.group)) {
        const group = element("optgroup");
        group.label = chat.group;
        groups.set(chat.group, group);
        select.append(group);
      }
      groups.get(chat.group).append(option);
    }
    select.addEventListener("change", () => this.open(this.keyOf(select.value, this.chat.shape)));
  }

  fillShapes() {
    const shapes = [...new Set(this.about.chats.map((chat) => chat.shape))];
    const group = this.find(".shapes");
    group.hidden = shapes.length < 2;
    for (const shape of shapes) {
      const button = element("button", "shape", SHAPES[shape]);
      button.type = "button";
      button.dataset.shape = shape;
      button.addEventListener("click", () => this.open(this.keyOf(this.chat.title, shape)));
      group.append(button);
    }
  }

  fillShortcuts() {
    const line = this.find(".shortcuts");
    for (const shortcut of this.about.shortcuts.filter((one) => !one.is_link)) {
      const button = element("button", "shortcut", shortcut.says);
      button.type = "button";
      button.title = shortcut.text;
      button.dataset.says = shortcut.text;
      button.addEventListener("click", () => this.sayAnd(shortcut.text));
      line.append(button);
    }
    const links = this.about.shortcuts.filter((one) => one.is_link);
    if (links.length) {
      const select = element("select", "shortcut");
      select.setAttribute("aria-label", "Прийти по ссылке учреждения");
      select.append(element("option", "", "По ссылке…"));
      for (const shortcut of links) {
        const option = element("option", "", shortcut.says);
        option.value = shortcut.text;
        select.append(option);
      }
      select.addEventListener("change", () => {
        if (select.selectedIndex) this.sayAnd(select.value);
        select.selectedIndex = 0;
      });
      line.append(select);
    }
    line.hidden = !line.childElementCount;
  }

  listen() {
    this.log.addEventListener("click", (event) => {
      if (event.target.closest("a, button:not(.reply)") || String(getSelection())) return;
      const node = event.target.closest(".bubble")?.closest(".message");
      if (node) this.answer(node.dataset.id);
    });
    this.log.addEventListener("keydown", (event) => this.walk(event));
    this.log.addEventListener("scroll", () => this.markSeen());
    this.find(".elsewhere").addEventListener("click", () => this.open(this.elsewhere()));
    const phone = this.find(".phone");
    phone.addEventListener("dragover", (event) => event.preventDefault());
    phone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.composer.attach(event.dataTransfer.files);
    });
  }

  // Arrow keys walk through the messages, Enter answers the chosen one.
  walk(event) {
    if (event.target !== this.log) return;
    const nodes = [...this.log.querySelectorAll(".message")];
    const at = nodes.findIndex((node) => node.classList.contains("chosen"));
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const next = at < 0 ? nodes.length - 1 : Math.min(Math.max(at + (event.key === "ArrowUp" ? -1 : 1), 0), nodes.length - 1);
      nodes[at]?.classList.remove("chosen");
      nodes[next]?.classList.add("chosen");
      nodes[next]?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      this.answer(nodes[at].dataset.id);
    }
  }

  keyOf(title, shape) {
    const named = this.about.chats.filter((chat) => chat.title === title);
    return (named.find((chat) => chat.shape === shape) ?? named[0]).key;
  }

  has(key) {
    return this.messages.has(key);
  }

  open(key) {
    const isOther = key !== this.chat.key;
    this.chat = this.about.chats.find((chat) => chat.key === key);
    if (isOther) this.composer.answer(null);
    this.find("select").value = this.chat.title;
    this.find(".chat-title").textContent = this.chat.title;
    this.find(".chat-subtitle").textContent = this.chat.subtitle;
    this.find(".chat-head > .avatar").replaceWith(avatar(this.chat.title));
    for (const button of this.node.querySelectorAll(".shape")) {
      button.setAttribute("aria-pressed", String(button.dataset.shape === this.chat.shape));
    }
    this.log.setAttribute("aria-label", `${this.about.title}: ${this.chat.title}`);
    this.find("textarea").placeholder = PLACEHOLDERS[this.chat.shape];
    this.find("textarea").setAttribute("aria-label", `${PLACEHOLDERS[this.chat.shape]}, ${this.about.title}`);
    this.log.replaceChildren();
    this.log.className = `log ${this.chat.shape}`;
    if (this.chat.post) this.log.append(this.post());
    this.drawn = new Map();
    this.draw();
    this.log.scrollTop = this.log.scrollHeight;
    this.markSeen();
  }

  post() {
    const card = element("div", "post");
    const head = element("div", "post-head");
    head.append(avatar(this.chat.title), element("strong", "", this.chat.title));
    card.append(head, element("p", "", this.chat.post));
    return card;
  }

  // Takes a conversation's new state.
  update(key, messages, isFirst) {
    const before = this.messages.get(key).length;
    this.messages.set(key, messages);
    if (isFirst) this.seen.set(key, messages.length);
    const hasNews = messages.slice(before).some((message) => message.user !== this.about.person.id);
    if (key !== this.chat.key) {
      if (hasNews && !isFirst && this.chat.shape === "group" && this.composer.isEmpty) this.open(key);
    } else {
      const isAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
      const isOwn = messages.length > before && messages.at(-1).user === this.about.person.id;
      this.draw();
      const isThread = this.chat.shape === "comments" && !isFirst;
      if (isThread && messages.length > before) this.drawn.get(messages.at(-1).id).node.scrollIntoView({ block: "nearest" });
      else if (isAtEnd || isOwn || isFirst) this.log.scrollTop = this.log.scrollHeight;
      this.markSeen();
    }
    this.drawBadges();
  }

  draw() {
    const messages = this.messages.get(this.chat.key);
    this.log.classList.toggle("empty", !messages.length);
    let lastDay = "";
    for (const message of messages) {
      const signature = JSON.stringify(message);
      const known = this.drawn.get(message.id);
      const day = dayName(new Date(message.at));
      if (known?.signature !== signature) {
        const node = this.bubble(message, messages);
        if (known) {
          node.classList.toggle("chosen", known.node.classList.contains("chosen"));
          node.classList.toggle("answer", known.node.classList.contains("answer"));
          if (known.node.dataset.root) node.dataset.root = known.node.dataset.root;
          known.node.replaceWith(node);
        } else {
          if (this.chat.shape === "comments") this.thread(message, node);
          else this.log.append(...(day === lastDay ? [] : [element("div", "day", day)]), node);
        }
        this.drawn.set(message.id, { signature, node });
      }
      lastDay = day;
    }
    for (const button of this.node.querySelectorAll(".shortcut[data-says='/start']")) button.hidden = messages.length > 0;
  }

  // A reply to a comment stands below it, with the other replies.
  thread(message, node) {
    const root = this.drawn.get(message.reply_to)?.node.dataset.root ?? message.id;
    node.dataset.root = root;
    const before = [...this.log.querySelectorAll(".message")].filter((one) => one.dataset.root === root).at(-1);
    if (before) before.after(node);
    else this.log.append(node);
    node.classList.toggle("answer", root !== message.id);
  }

  bubble(message, messages) {
    const quoted = this.chat.shape !== "comments" && message.reply_to && messages.find((one) => one.id === message.reply_to);
    return bubble(message, {
      isOwn: message.user === this.about.person.id,
      shape: this.chat.shape,
      quoted,
      onReply: true,
      onQuote: () => this.point(message.reply_to),
      onPress: (pressed, button, node) => this.press(pressed, button, node),
      onPicture: (file) => this.page.showPicture(file),
      onSize: () => {
        if (this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 400) this.log.scrollTop = this.log.scrollHeight;
      },
    });
  }

  // Shows where a message is.
  point(id) {
    const node = this.drawn.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.remove("pointed");
    requestAnimationFrame(() => node.classList.add("pointed"));
  }

  answer(id) {
    const message = this.messages.get(this.chat.key).find((one) => one.id === id);
    if (message) this.composer.answer(message);
  }

  async say(words) {
    await post("say", { pane: this.about.id, chat: this.chat.key, ...words });
    this.page.onSaid(this, words);
  }

  async sayAnd(text) {
    try {
      await this.say({ text, reply_to: "", files: [] });
    } catch (error) {
      this.tell(error.message);
    }
  }

  async press(message, button, node) {
    node.disabled = true;
    try {
      const answer = await post("press", { pane: this.about.id, chat: this.chat.key, message: message.id, action: button.action });
      if (answer.says) this.tell(answer.says);
    } catch (error) {
      this.tell(error.message);
    } finally {
      node.disabled = false;
    }
  }

  tell(words) {
    const snack = this.find(".snack");
    snack.textContent = words;
    snack.hidden = false;
    clearTimeout(this.snackTimer);
    this.snackTimer = setTimeout(() => (snack.hidden = true), 4000);
  }

  setVisible(isVisible) {
    this.isVisible = isVisible;
    if (isVisible) this.markSeen();
  }

  markSeen() {
    const isAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    if (this.isVisible && isAtEnd) this.seen.set(this.chat.key, this.messages.get(this.chat.key).length);
    this.drawBadges();
  }

  unread(key) {
    return this.messages.get(key).slice(this.seen.get(key)).filter((message) => message.user !== this.about.person.id).length;
  }

  get unreadTotal() {
    return this.about.chats.reduce((sum, chat) => sum + this.unread(chat.key), 0);
  }

  elsewhere() {
    return this.about.chats.find((chat) => chat.key !== this.chat.key && this.unread(chat.key))?.key ?? this.chat.key;
  }

  drawBadges() {
    const key = this.elsewhere();
    const pill = this.find(".elsewhere");
    pill.hidden = key === this.chat.key;
    const other = this.about.chats.find((chat) => chat.key === key);
    if (!pill.hidden) pill.textContent = `Новое: ${other.title}${other.shape === "comments" ? ", запись" : ""}`;
    for (const option of this.node.querySelectorAll(".chooser option")) {
      const chats = this.about.chats.filter((chat) => chat.title === option.value);
      const count = chats.reduce((sum, chat) => sum + this.unread(chat.key), 0);
      option.textContent = count ? `● ${option.value} (${count})` : option.value;
    }
    this.page.onUnread();
  }
}

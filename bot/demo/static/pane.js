// One column: one person's phone with its conversations.

import { post } from "./api.js";
import { avatar } from "./bubble.js";
import { fillChooser, fillShapes, fillShortcuts } from "./chooser.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";

const ICONS = { "telegram-team": "team", "vk-team": "team", supervisor: "chart" };
const PLACEHOLDERS = { private: "Сообщение", group: "Ответ", comments: "Комментарий" };

const FOLLOW_PAUSE = 8000;

export class Pane {
  // `page`: { onSaid(pane, words), onUnread(), showPicture(file) }
  constructor(about, page) {
    this.about = about;
    this.page = page;
    this.messages = new Map(about.chats.map((chat) => [chat.key, []]));
    this.seen = new Map(about.chats.map((chat) => [chat.key, 0]));
    this.isVisible = true;
    this.node = document.querySelector("#pane-template").content.firstElementChild.cloneNode(true);
    this.chat = about.chats[0];
    this.log = new Log(this.find(".log"), about.person, {
      onAnswer: (id) => this.answer(id),
      onPress: (message, button, node) => this.press(message, button, node),
      onPicture: (file) => page.showPicture(file),
      onScroll: () => this.markSeen(),
    });
    this.composer = new Composer(this.find(".composer"), {
      onSend: (words) => this.say(words),
      onProblem: (problem) => this.tell(problem),
    });
    this.fill();
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
    const select = this.find("select");
    const hasOne = fillChooser(select, about.chats) < 2;
    this.find(".chooser").hidden = hasOne;
    this.find(".chat-title").hidden = !hasOne;
    select.addEventListener("change", () => this.open(this.keyOf(select.value, this.chat.shape)));
    fillShapes(this.find(".shapes"), about.chats, (shape) => this.open(this.keyOf(this.chat.title, shape)));
    fillShortcuts(this.find(".shortcuts"), about.shortcuts, (text) => this.sayAtOnce(text));
    this.find(".elsewhere").addEventListener("click", () => this.open(this.elsewhere()));
    const phone = this.find(".phone");
    phone.addEventListener("dragover", (event) => event.preventDefault());
    phone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.composer.attach(event.dataTransfer.files);
    });
  }

  keyOf(title, shape) {
    const named = this.about.chats.filter((chat) => chat.title === title);
    return (named.find((chat) => chat.shape === shape) ?? named[0]).key;
  }

  has(key) {
    return this.messages.has(key);
  }

  get shown() {
    return this.messages.get(this.chat.key);
  }

  open(key) {
    if (key !== this.chat.key) this.composer.answer(null);
    this.chat = this.about.chats.find((chat) => chat.key === key);
    this.find("select").value = this.chat.title;
    this.find(".chat-title").textContent = this.chat.title;
    this.find(".chat-subtitle").textContent = this.chat.subtitle;
    this.find(".chat-head > .avatar").replaceWith(avatar(this.chat.title));
    for (const button of this.node.querySelectorAll(".shape")) {
      button.setAttribute("aria-pressed", String(button.dataset.shape === this.chat.shape));
    }
    this.log.node.setAttribute("aria-label", `${this.about.title}: ${this.chat.title}`);
    this.find("textarea").placeholder = PLACEHOLDERS[this.chat.shape];
    this.find("textarea").setAttribute("aria-label", `${PLACEHOLDERS[this.chat.shape]}, ${this.about.title}`);
    this.log.open(this.chat, this.shown);
    this.drawStart();
    this.markSeen();
  }

  // Takes the new state of conversations. A work chat in which something new was said comes to the front by itself,
  // unless there is news in the chat that is open; all others are marked as unread.
  update(chats, isFirst) {
    const fresh = [];
    let hasOwnNews = false;
    for (const [key, messages] of Object.entries(chats)) {
      if (!this.has(key)) continue;
      const before = this.messages.get(key).length;
      const hasNews = messages.slice(before).some((message) => message.user !== this.about.person.id);
      this.messages.set(key, messages);
      if (isFirst) this.seen.set(key, messages.length);
      if (key === this.chat.key) {
        hasOwnNews = hasNews;
        this.log.update(messages, before, isFirst);
        this.drawStart();
        this.markSeen();
      } else if (hasNews) {
        fresh.push(key);
      }
    }
    if (fresh.length && !isFirst && !hasOwnNews && this.mayFollow) {
      this.open(fresh[0]);
      this.followedAt = Date.now();
    }
    this.drawBadges();
    return hasOwnNews || fresh.length > 0;
  }

  // Nobody is torn away from what they write, nor from a chat that has just come to the front.
  get mayFollow() {
    return this.chat.shape === "group" && this.composer.isEmpty && Date.now() - (this.followedAt ?? 0) > FOLLOW_PAUSE;
  }

  // A bot is started once.
  drawStart() {
    const start = this.find(".shortcut[data-says='/start']");
    if (start) start.hidden = this.shown.length > 0;
  }

  answer(id) {
    const message = this.shown.find((one) => one.id === id);
    if (message) this.composer.answer(message);
  }

  async say(words) {
    await post("say", { pane: this.about.id, chat: this.chat.key, ...words });
    this.page.onSaid(this, words);
  }

  async sayAtOnce(text) {
    try {
      await this.say({ text, reply_to: "", files: [] });
    } catch (error) {
      this.tell(error.message);
    }
  }

  async press(message, button, node) {
    node.disabled = true;
    const pressed = { pane: this.about.id, chat: this.chat.key, message: message.id, action: button.action };
    try {
      const answer = await post("press", pressed);
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
    const wasHidden = !this.isVisible;
    this.isVisible = isVisible;
    if (wasHidden && isVisible) this.log.toEnd();
    this.markSeen();
  }

  markSeen() {
    if (this.isVisible && this.log.isAtEnd) this.seen.set(this.chat.key, this.shown.length);
    this.drawBadges();
  }

  unread(key) {
    const news = this.messages.get(key).slice(this.seen.get(key));
    return news.filter((message) => message.user !== this.about.person.id).length;
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
    pill.textContent = `Новое: ${other.title}${other.shape === "comments" ? ", запись" : ""}`;
    for (const option of this.node.querySelectorAll(".chooser option")) {
      const chats = this.about.chats.filter((chat) => chat.title === option.value);
      const count = chats.reduce((sum, chat) => sum + this.unread(chat.key), 0);
      option.textContent = count ? `● ${option.value} (${count})` : option.value;
    }
    this.page.onUnread();
  }
}

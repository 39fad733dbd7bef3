// One column: one person's phone with its conversations.

import { post } from "./api.js";
import { avatar } from "./bubble.js";
import { fillChooser, fillShapes, fillShortcuts } from "./chooser.js";
import { Composer } from "./composer.js";
import { element } from "./dom.js";
import { Log } from "./log.js";
import { openMenu } from "./menu.js";
import { Topics } from "./topics.js";

const ICONS = { "telegram-team": "team", "vk-team": "team", supervisor: "chart" };
const PLACEHOLDERS = { private: "Сообщение", group: "Ответ", comments: "Комментарий" };

const FOLLOW_PAUSE = 8000;

export class Pane {
  // `page`: { onSaid(pane, words), onUnread(), showPicture(file), places, signs }
  constructor(about, page) {
    this.about = about;
    this.page = page;
    this.person = about.persons[0];
    this.topicsOf = new Map();
    this.posts = new Map();
    this.messages = new Map(about.chats.map((chat) => [chat.key, []]));
    this.seen = new Map(about.chats.map((chat) => [chat.key, 0]));
    this.isVisible = true;
    this.node = document.querySelector("#pane-template").content.firstElementChild.cloneNode(true);
    this.chat = about.chats[0];
    this.topics = new Topics(this.find(".topics"), () => this.open(this.chat.key));
    this.log = new Log(this.find(".log"), {
      person: () => this.person,
      topic: (message) => (this.topics.chosen ? null : this.topics.titleOf(message.thread)),
      onMore: (message, node) => this.more(message, node),
      onSign: (message, sign) => this.ask("react", { message: message?.id ?? "", sign }),
      onRestore: (message) => this.ask("restore", { message: message.id }),
      onAnswer: (id) => this.answer(id),
      onPress: (message, button, node) => this.press(message, button, node),
      onPicture: (file) => page.showPicture(file),
      onScroll: () => this.markSeen(),
    });
    this.composer = new Composer(this.find(".composer"), {
      onSend: (words) => this.say(words),
      onEdit: (words) => this.do("edit", words),
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
    this.find(".pane-person").textContent = `Вы – ${about.persons.map((person) => person.name).join(" или ")}`;
    this.fillPersons();
    this.find(".pin").addEventListener("click", (event) => this.offerPlaces(event.currentTarget));
    this.find(".pane-role use").setAttribute("href", `#i-${ICONS[about.id] ?? "person"}`);
    this.find(".pane-hint").textContent = about.hint;
    const select = this.find("select");
    const hasOne = fillChooser(select, about.chats) < 2;
    this.find(".chooser").hidden = hasOne;
    this.find(".chat-title").hidden = !hasOne;
    select.addEventListener("change", () => this.open(this.keyOf(select.value, this.chat.shape)));
    fillShapes(this.find(".places"), about.chats, (shape) => this.open(this.keyOf(this.chat.title, shape)));
    fillShortcuts(this.find(".shortcuts"), about.shortcuts, (text) => this.sayAtOnce(text));
    this.find(".elsewhere").addEventListener("click", () => this.open(this.elsewhere()));
    const phone = this.find(".phone");
    phone.addEventListener("dragover", (event) => event.preventDefault());
    phone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.composer.attach(event.dataTransfer.files);
    });
  }

  // Who speaks here: several administrators sit in a work chat.
  fillPersons() {
    const { persons } = this.about;
    const line = this.find(".persons");
    line.hidden = persons.length < 2;
    for (const person of persons) {
      const button = element("button", "shape", person.name);
      button.type = "button";
      button.dataset.person = person.id;
      button.setAttribute("aria-pressed", String(person === this.person));
      button.addEventListener("click", () => this.play(person));
      line.append(button);
    }
  }

  play(person) {
    this.person = person;
    for (const button of this.find(".persons").children) {
      button.setAttribute("aria-pressed", String(button.dataset.person === person.id));
    }
    if (this.composer.editing) this.composer.leave();
    this.log.open(this.chat, this.shown, this.posts.get(this.chat.key));
  }

  isOurs(message) {
    return this.about.persons.some((person) => person.id === message.user);
  }

  keyOf(title, shape) {
    const named = this.about.chats.filter((chat) => chat.title === title);
    return (named.find((chat) => chat.shape === shape) ?? named[0]).key;
  }

  has(key) {
    return this.messages.has(key);
  }

  get shown() {
    const all = this.messages.get(this.chat.key);
    return this.topics.chosen ? all.filter((message) => message.thread === this.topics.chosen) : all;
  }

  open(key) {
    if (key !== this.chat.key) {
      this.composer.leave();
      this.topics.chosen = "";
    }
    this.chat = this.about.chats.find((chat) => chat.key === key);
    this.find("select").value = this.chat.title;
    this.find(".chat-title").textContent = this.chat.title;
    this.find(".chat-subtitle").textContent = this.chat.subtitle;
    this.find(".chat-head > .avatar").replaceWith(avatar(this.chat.title));
    for (const button of this.node.querySelectorAll(".places .shape")) {
      button.setAttribute("aria-pressed", String(button.dataset.shape === this.chat.shape));
    }
    this.log.node.setAttribute("aria-label", `${this.about.title}: ${this.chat.title}`);
    this.find("textarea").placeholder = PLACEHOLDERS[this.chat.shape];
    this.find("textarea").setAttribute("aria-label", `${PLACEHOLDERS[this.chat.shape]}, ${this.about.title}`);
    this.find(".pin").hidden = this.chat.shape !== "private" || !this.about.id.endsWith("-citizen");
    this.topics.draw(this.chat, this.topicsOf.get(key) ?? []);
    this.log.open(this.chat, this.shown, this.posts.get(key));
    this.drawStart();
    this.markSeen();
  }

  // Takes the new state of conversations. A work chat in which something new was said comes to the front by itself,
  // unless there is news in the chat that is open; all others are marked as unread.
  update({ chats, topics, posts }, isFirst) {
    for (const [key, list] of Object.entries(topics)) {
      if (this.has(key)) this.topicsOf.set(key, list);
    }
    for (const [key, reactions] of Object.entries(posts)) {
      if (!this.has(key)) continue;
      this.posts.set(key, reactions);
      if (key === this.chat.key) this.log.drawPost(reactions);
    }
    const fresh = [];
    let hasOwnNews = false;
    for (const [key, messages] of Object.entries(chats)) {
      if (!this.has(key)) continue;
      const before = this.messages.get(key).length;
      const hasNews = messages.slice(before).some((message) => !this.isOurs(message));
      const shownBefore = this.shown.length;
      this.messages.set(key, messages);
      if (isFirst) this.seen.set(key, messages.length);
      if (key === this.chat.key) {
        hasOwnNews = hasNews;
        this.topics.draw(this.chat, this.topicsOf.get(key) ?? []);
        this.log.update(this.shown, shownBefore, isFirst);
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

  // What can be done with a message; with null, with the post.
  more(message, node) {
    const isOwn = message?.user === this.person.id;
    const mayReact = this.chat.shape !== "group" && !isOwn;
    const entries = message ? [{ says: "Ответить", act: () => this.answer(message.id) }] : [];
    if (isOwn) entries.push({ says: "Изменить", act: () => this.composer.edit(message) });
    if (isOwn && this.chat.shape === "comments") {
      entries.push({ says: "Удалить", act: () => this.ask("delete", { message: message.id }) });
    }
    if (message && this.chat.shape === "group") {
      if (isOwn) entries.push({ says: "Убрать ответ у жителя", act: () => this.sayAtOnce("/undo", message.id) });
      else entries.push({ says: "Всё по этому сообщению", act: () => this.sayAtOnce("/ticket", message.id) });
    }
    const onSign = (sign) => this.ask("react", { message: message?.id ?? "", sign });
    openMenu(node, "Что сделать", entries, mayReact ? { list: this.page.signs, onSign } : null);
  }

  offerPlaces(node) {
    const entries = this.page.places.map((place) => ({ says: place, act: () => this.ask("place", { place }) }));
    openMenu(node, "Отправить место на карте", entries);
  }

  do(what, about) {
    return post(what, { pane: this.about.id, chat: this.chat.key, person: this.person.id, ...about });
  }

  async ask(what, about) {
    try {
      await this.do(what, about);
    } catch (error) {
      this.tell(error.message);
    }
  }

  async say(words) {
    await this.do("say", { thread: this.topics.chosen, ...words });
    this.page.onSaid(this, words);
  }

  async sayAtOnce(text, replyTo = "") {
    try {
      await this.say({ text, reply_to: replyTo, files: [] });
    } catch (error) {
      this.tell(error.message);
    }
  }

  async press(message, button, node) {
    node.disabled = true;
    try {
      const answer = await this.do("press", { message: message.id, action: button.action });
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
    if (this.isVisible && this.log.isAtEnd) this.seen.set(this.chat.key, this.messages.get(this.chat.key).length);
    this.drawBadges();
  }

  unread(key) {
    const news = this.messages.get(key).slice(this.seen.get(key));
    return news.filter((message) => !this.isOurs(message)).length;
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
